"""Writes a feed and reads it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from shop.feeds import BadRow, FeedMap, read
from shop.model import Product

Read = Callable[..., tuple[list[Product], list[str]]]


@pytest.fixture
def read_text(tmp_path: Path) -> Read:
    """Returns the products of a text in some format, and the faults as "line: reason"."""

    def read_text(
        text: str | bytes, file_format: str, feed_map: FeedMap | None = None
    ) -> tuple[list[Product], list[str]]:
        path = tmp_path / "feed"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        found = list(read([path], file_format, feed_map))
        faults = [f"{row.line}: {row.reason}" for row in found if isinstance(row, BadRow)]
        return [row for row in found if isinstance(row, Product)], faults

    return read_text
