"""Reads catalogues that come from elsewhere: one module for each format."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shop.errors import ConfigError
from shop.feeds import delimited, google_merchant, icecat, jsonl, shopify
from shop.feeds.entry import BadRow, Reader
from shop.feeds.feed_map import FeedMap, load_map
from shop.model import Product

__all__ = ["FORMATS", "BadRow", "FeedMap", "load_map", "read"]

FORMATS: Mapping[str, Reader] = {
    "icecat": icecat.read,
    "shopify": shopify.read,
    "google-merchant": google_merchant.read,
    "jsonl": jsonl.read,
    "csv": delimited.read,
}


def read(
    paths: Iterable[Path], file_format: str, feed_map: FeedMap | None = None
) -> Iterator[Product | BadRow]:
    """Yields the products of all files, and each row that is none with its line and the reason.

    Args:
        paths: the files; a product id counts once in all of them.
        file_format: a key of `FORMATS`.
        feed_map: what the files do not say by themselves.

    Raises:
        ConfigError: a file cannot be read at all.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for line, found in _entries(path, FORMATS[file_format], feed_map or FeedMap()):
            if isinstance(found, str):
                yield BadRow(path, line, found)
            elif found.id in seen:
                yield BadRow(path, line, f"id {found.id!r} came before, at {seen[found.id]}")
            else:
                seen[found.id] = f"{path.name}:{line}"
                yield found


def _entries(path: Path, reader: Reader, feed_map: FeedMap) -> Iterator[tuple[int, Product | str]]:
    is_empty = True
    try:
        for entry in reader(path, feed_map):
            is_empty = False
            yield entry
    except OSError as err:
        raise ConfigError(f"{path}: cannot be read: {err.strerror}") from err
    if is_empty:
        yield 1, "holds no products"
