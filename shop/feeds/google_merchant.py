"""Google Merchant feeds, as XML (RSS or Atom) or as a table separated by tabs.

Source: support.google.com/merchants, "Product data specification". Items of one `item_group_id`
are the variants of one product; they may stand far apart, so such products come at the end.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from shop.feeds.entry import Entry, entry, product_of, text
from shop.feeds.feed_map import FeedMap
from shop.feeds.table import Row, rows
from shop.feeds.xml_items import is_xml, items
from shop.model import Product

_OPTIONS = ("color", "size", "material", "pattern")
_ATTRIBUTES = ("condition", "gender", "age_group", "gtin", "mpn")


def read(path: Path, feed_map: FeedMap) -> Iterator[Entry]:
    """Yields the products of a feed."""
    groups: dict[str, tuple[int, list[Product]]] = {}
    for line, values in _rows(path):
        if isinstance(values, str):
            yield line, values
            continue
        _, made = found = entry(line, partial(_product, values, feed_map))
        if isinstance(made, Product) and (group := text(values.get("item_group_id", ""))):
            groups.setdefault(group, (line, []))[1].append(made)
        else:
            yield found
    for group, (line, items_) in groups.items():
        yield entry(line, partial(_joined, group, items_))


def _rows(path: Path) -> Iterator[Row]:
    """Yields the items of either kind of file, under names such as "image_link"."""
    for line, values in items(path) if is_xml(path) else rows(path, ()):
        yield line, values if isinstance(values, str) else _named(values)


def _named(values: Mapping[str, str]) -> dict[str, str]:
    return {
        name.strip().lower().removeprefix("g:").replace(" ", "_"): value
        for name, value in values.items()
    }


def _product(item: Mapping[str, str], feed_map: FeedMap) -> Product:
    """Returns the product of one item, with its options if it is one of several variants."""
    options = _texts(item, _OPTIONS)
    fields = {
        "id": item.get("id", ""),
        "title": item.get("title", ""),
        "description": item.get("description", ""),
        "brand": item.get("brand", ""),
        "category": item.get("product_type", "") or item.get("google_product_category", ""),
        "image": item.get("image_link", ""),
        "link": item.get("link", ""),
        "price": _price(item),
        "stock": item.get("availability", ""),
    }
    attributes = _texts(item, _ATTRIBUTES)
    if not item.get("item_group_id", "").strip():
        return product_of(fields, feed_map, options | attributes)
    product = product_of(fields, feed_map, attributes)
    return replace(product, variants=(replace(product.variants[0], options=options),))


def _price(item: Mapping[str, str]) -> str:
    """Returns the sale price, unless it holds for a time only."""
    is_lasting = not item.get("sale_price_effective_date", "").strip()
    return (item.get("sale_price", "").strip() if is_lasting else "") or item.get("price", "")


def _texts(item: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    found = {name.replace("_", " ").capitalize(): text(item.get(name, "")) for name in names}
    return {name: value for name, value in found.items() if value}


def _joined(group: str, variants: list[Product]) -> Product:
    joined = tuple(variant for product in variants for variant in product.variants)
    return replace(variants[0], id=group, variants=joined)
