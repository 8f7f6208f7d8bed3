"""Icecat's open catalogue: `products_N.json.zip` or plain JSON, one array of flat objects, cents."""

import json
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

from shop.feeds.entry import BadField, Entry, entry, text
from shop.feeds.feed_map import FeedMap
from shop.model import Money, Product, Variant

_BEGINS_A_LINE = re.compile(r"^\s*\{", re.MULTILINE)
_IN_PARENTHESES = re.compile(r"__(.+?)_(?=_|$)")  # "contrast_ratio__typical_"
_TYPE = "attr_t_product_type"


def read(path: Path, feed_map: FeedMap) -> Iterator[Entry]:
    """Yields the products of a file, and of each file in a zip archive."""
    try:
        for document in _documents(path):
            for line, values in _objects(document):
                if isinstance(values, str):
                    yield line, values
                else:
                    yield entry(line, partial(_product, values, feed_map))
    except BadZipFile as err:
        yield 1, f"is a broken zip archive: {err}"


def _documents(path: Path) -> Iterator[str]:
    if not is_zipfile(path):
        yield path.read_bytes().decode("utf-8-sig", "surrogateescape")
        return
    with ZipFile(path) as archive:
        for name in archive.namelist():
            yield archive.read(name).decode("utf-8-sig", "surrogateescape")


def _objects(document: str) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yields each object of an array; behind a broken one goes on where the next begins a line."""
    decoder, line, counted = json.JSONDecoder(), 1, 0
    start = document.find("{")
    while start >= 0:
        line, counted = line + document.count("\n", counted, start), start
        try:
            values, end = decoder.raw_decode(document, start)
        except (ValueError, RecursionError) as err:
            yield line, f"is not JSON: {getattr(err, 'msg', 'nested too deeply')}"
            following = _BEGINS_A_LINE.search(document, start + 1)
            start = following.end() - 1 if following else -1
        else:
            yield line, values
            start = document.find("{", end)


def _product(values: dict[str, Any], feed_map: FeedMap) -> Product:
    cents = values.get("price")
    if not isinstance(cents, int) or isinstance(cents, bool):
        raise BadField("price is missing" if cents is None else f"price {cents!r} is not in cents")
    product_id = _text(values, "id")
    variant = Variant(
        id=product_id,
        options={},
        price=Money(cents, feed_map.currency),
        stock=feed_map.assumed_stock,
    )
    return Product(
        id=product_id,
        title=_text(values, "title"),
        description=_text(values, "short_description"),
        brand=_text(values, "supplier"),
        category=_text(values, _TYPE),
        attributes=_attributes(values),
        image=_text(values, "img_500x500") or None,
        variants=(variant,),
    )


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return text(str(value)) if value is not None else ""


def _attributes(values: dict[str, Any]) -> dict[str, str]:
    """Returns what Icecat says of a product, in words: `attr_t_…`, `attr_n_…` and `attr_b_…`."""
    codes = {"Part number": _text(values, "name"), "EAN": _eans(values)}
    said = {
        _name(key): _value(value)
        for key, value in values.items()
        if key.startswith("attr_") and key != _TYPE
    }
    return {name: value for name, value in (codes | said).items() if value}


def _eans(values: dict[str, Any]) -> str:
    eans = values.get("ean")
    return ", ".join(text(str(each)) for each in eans) if isinstance(eans, list) else ""


@cache
def _name(key: str) -> str:
    """Returns what a key says, in words: a feed has thousands of rows and a few hundred keys."""
    words = _IN_PARENTHESES.sub(r" (\1)", key[len("attr_t_") :])
    return " ".join(words.replace("_", " ").split()).capitalize()


def _value(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return text(str(value))
