"""The same shop on every adapter that can hold its records."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url

from shop.adapters.memory import MemoryShop
from shop.adapters.sql import SqlShop
from shop.ports import Shop

POSTGRESQL = os.environ.get(
    "STOREKEEP_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
)


@asynccontextmanager
async def fresh_postgresql() -> AsyncIterator[str]:
    """Makes a database of its own and drops it afterwards."""
    server = make_url(POSTGRESQL).set(drivername="postgresql")
    name = f"storekeep_test_{uuid4().hex}"
    try:
        connection = await asyncpg.connect(server.render_as_string(hide_password=False), timeout=5)
    except (OSError, asyncpg.PostgresError) as err:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI needs PostgreSQL, and it cannot be reached: {err}")
        pytest.skip(f"PostgreSQL cannot be reached: {err}")
    try:
        await connection.execute(f"CREATE DATABASE {name}")
        yield server.set(database=name).render_as_string(hide_password=False)
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        yield str(tmp_path / "shop.db")
    else:
        async with fresh_postgresql() as address:
            yield address


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def shop(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Shop]:
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
