"""Shopify's product export (CSV): one row for each variant and each further picture.

Source: help.shopify.com, "Using CSV files to import and export products".
Rows of one product follow each other and share their `Handle`. Prices are in the shop's currency.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

from shop.feeds.entry import Entry, entry, money, stock, text
from shop.feeds.feed_map import FeedMap
from shop.feeds.table import rows
from shop.model import Product, Variant

_REQUIRED = ("Handle", "Title", "Variant Price")
_OPTIONS = (1, 2, 3)
_NO_OPTION = {"Title": "Default Title"}  # how Shopify writes a product in one form only

Cells = dict[str, str]


def read(path: Path, feed_map: FeedMap) -> Iterator[Entry]:
    """Yields the products that are on sale; drafts and archived ones are left out."""
    for _, group in groupby(rows(path, _REQUIRED), key=lambda row: _handle(row[1])):
        line, first = (product := list(group))[0]
        if isinstance(first, str):
            yield line, first
            continue
        cells = [row for _, row in product if isinstance(row, dict)]
        if _is_on_sale(first):
            yield entry(line, partial(_product, cells, feed_map))


def _handle(cells: Cells | str) -> object:
    """Returns what rows of one product share; an unreadable row shares nothing with another."""
    return cells["Handle"].strip() if isinstance(cells, dict) else object()


def _is_on_sale(cells: Cells) -> bool:
    is_published = cells.get("Published", "").strip().lower() != "false"
    return is_published and cells.get("Status", "").strip().lower() in {"", "active"}


def _product(cells: Sequence[Cells], feed_map: FeedMap) -> Product:
    first = cells[0]
    handle = text(first["Handle"])
    sold = [row for row in cells if row.get("Variant Price", "").strip()]
    names = [text(first.get(f"Option{number} Name", "")) for number in _OPTIONS]
    return Product(
        id=handle,
        title=text(first.get("Title", "")),
        description=text(first.get("Body (HTML)", "")),
        brand=text(first.get("Vendor", "")),
        category=text(first.get("Product Category", "") or first.get("Type", "")),
        attributes={"Tags": tags} if (tags := text(first.get("Tags", ""))) else {},
        image=text(first.get("Image Src", "")) or None,
        link=f"/products/{handle}",
        variants=tuple(
            _variant(row, names, f"{handle}-{position}", feed_map)
            for position, row in enumerate(sold, start=1)
        ),
    )


def _variant(cells: Cells, names: Sequence[str], fallback_id: str, feed_map: FeedMap) -> Variant:
    values = [text(cells.get(f"Option{number} Value", "")) for number in _OPTIONS]
    options = {name: value for name, value in zip(names, values, strict=True) if name and value}
    return Variant(
        id=text(cells.get("Variant SKU", "")) or fallback_id,
        options={} if options == _NO_OPTION else options,
        price=money(cells["Variant Price"].strip(), feed_map.currency),
        stock=stock(cells.get("Variant Inventory Qty", ""), feed_map),
    )
