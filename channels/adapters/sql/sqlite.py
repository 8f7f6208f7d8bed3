"""Runs transactions on an SQLite file in threads, as its driver blocks."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

from sqlalchemy import URL, Connection, create_engine, event

T = TypeVar("T")

_WAIT_S = 5  # for another process to end its transaction
_READERS = 4


class Sqlite:
    """One thread writes and a few read: SQLite has one writer at a time, and here they queue in order."""

    def __init__(self, url: URL) -> None:
        self._engine = create_engine(
            url.set(drivername="sqlite"),
            hide_parameters=True,  # messages stay out of error texts and so out of logs
        )
        self._writing = self._engine.execution_options(writes=True)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="sqlite-writer")
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="sqlite-reader")
        event.listen(self._engine, "connect", _configure)
        event.listen(self._engine, "begin", _begin)

    @classmethod
    @asynccontextmanager
    async def open(cls, url: URL) -> AsyncIterator[Self]:
        """Opens the file, and closes it after; what was begun is ended before."""
        sqlite = cls(url)
        try:
            yield sqlite
        finally:
            await asyncio.to_thread(sqlite._close)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Runs work that changes nothing."""

        def run() -> T:
            with self._engine.connect() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._readers, run)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Runs work in a transaction of its own."""

        def run() -> T:
            with self._writing.begin() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._writer, run)

    def _close(self) -> None:
        self._writer.shutdown()
        self._readers.shutdown()
        self._engine.dispose()


def _configure(connection: Any, _record: Any) -> None:  # noqa: ANN401
    connection.isolation_level = None  # `_begin` begins, not the driver
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout={_WAIT_S * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",  # what is acknowledged survives a power cut
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
