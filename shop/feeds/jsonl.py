"""One JSON object a line: flat like a table's row, or a product with its variants as `shop.model`."""

import json
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from shop.feeds.delimited import flat_product
from shop.feeds.entry import BadField, Entry, entry
from shop.feeds.feed_map import FeedMap
from shop.model import Product

_PRODUCT = TypeAdapter(Product)


def read(path: Path, feed_map: FeedMap) -> Iterator[Entry]:
    """Yields the products of a file with one JSON object a line."""
    with path.open("rb") as file:
        for line, written in enumerate(file, start=1):
            if written.strip():
                yield entry(line, partial(_product, written, feed_map))


def _product(written: bytes, feed_map: FeedMap) -> Product:
    values = _values(written)
    if "variants" in values:
        return _full_product(values)
    return flat_product({name: _written(value) for name, value in values.items()}, feed_map)


def _values(written: bytes) -> dict[str, Any]:
    try:
        values = json.loads(
            written.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse
        )
    except UnicodeDecodeError as err:
        raise BadField("is not written in UTF-8") from err
    except (ValueError, RecursionError) as err:
        raise BadField(f"is not JSON: {err}") from err
    if not isinstance(values, dict):
        raise BadField("is not a JSON object")
    return values


def _full_product(values: dict[str, Any]) -> Product:
    try:
        return _PRODUCT.validate_python(values)
    except ValidationError as err:
        first = err.errors()[0]
        raise BadField(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from err


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(_written, value))
        case _:
            return str(value)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a number")
