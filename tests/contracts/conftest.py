"""Databases for the contracts."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import make_url

POSTGRESQL = os.environ.get(
    "STOREKEEP_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
)


@asynccontextmanager
async def _fresh_postgresql() -> AsyncIterator[str]:
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


@pytest.fixture
def fresh_postgresql() -> Callable[[], AbstractAsyncContextManager[str]]:
    """Makes a database of its own, yields its address, and drops it afterwards."""
    return _fresh_postgresql
