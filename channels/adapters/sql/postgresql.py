"""Runs transactions on PostgreSQL, whose driver is asynchronous: the work itself need not know."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Self, TypeVar

from sqlalchemy import URL, Connection
from sqlalchemy.ext.asyncio import create_async_engine

T = TypeVar("T")


class Postgresql:
    """A pool of connections. Rows that are locked make writers of one conversation take turns."""

    def __init__(self, url: URL) -> None:
        self._engine = create_async_engine(
            url,
            pool_pre_ping=True,
            hide_parameters=True,  # messages stay out of error texts and so out of logs
        )

    @classmethod
    @asynccontextmanager
    async def open(cls, url: URL) -> AsyncIterator[Self]:
        """Opens the pool, and closes it after."""
        postgresql = cls(url)
        try:
            yield postgresql
        finally:
            await postgresql._engine.dispose()

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs work that changes nothing."""
        async with self._engine.connect() as connection:
            return await connection.run_sync(work)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Runs work in a transaction of its own."""
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)
