"""A table with one product a row; columns that are no field of a product become attributes."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import get_args

from shop.feeds.entry import Entry, entry, product_of, text
from shop.feeds.feed_map import FeedMap, ProductField
from shop.feeds.table import rows
from shop.model import Product


def read(path: Path, feed_map: FeedMap) -> Iterator[Entry]:
    """Yields the products of a table."""
    required = [feed_map.column("id"), feed_map.column("title"), feed_map.column("price")]
    for line, cells in rows(path, required):
        yield (
            (line, cells)
            if isinstance(cells, str)
            else entry(line, partial(flat_product, cells, feed_map))
        )


def flat_product(cells: dict[str, str], feed_map: FeedMap) -> Product:
    """Returns the product in named values, renamed as the map says."""
    columns = {field: feed_map.column(field) for field in get_args(ProductField)}
    fields = {field: cells.get(column, "") for field, column in columns.items()}
    others = {name: text(value) for name, value in cells.items() if name not in columns.values()}
    attributes = {name: value for name, value in others.items() if name and value}
    return product_of(fields, feed_map, attributes)
