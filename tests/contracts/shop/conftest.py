"""The same shop on every adapter that can hold its records."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from shop.adapters.memory import MemoryShop
from shop.adapters.sql import SqlShop
from shop.ports import Shop

FreshPostgresql = Callable[[], AbstractAsyncContextManager[str]]


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_postgresql: FreshPostgresql
) -> AsyncIterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "shop.db")
    else:
        async with fresh_postgresql() as address:
            yield address


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def shop(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_postgresql: FreshPostgresql
) -> AsyncIterator[Shop]:
    """An empty shop."""
    match request.param:
        case "memory":
            yield MemoryShop()
        case "sqlite":
            async with SqlShop.open(str(tmp_path / "shop.db")) as sqlite:
                yield sqlite
        case _:
            async with fresh_postgresql() as address, SqlShop.open(address) as postgresql:
                yield postgresql
