"""Opens the database, and turns its failures into ours."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import Any, Self

from sqlalchemy import Connection, event
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from channels.adapters.sql.migration import migrate
from channels.errors import StoreUnavailable
from shop.adapters.sql.shop import database_url

_WAIT_S = 5  # for another transaction to end


class Database:
    """Transactions on SQLite or PostgreSQL."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writers = engine.execution_options(writes=True)
        # SQLite has one writer at a time and lets others poll, in no order: better they queue here.
        is_sqlite = engine.dialect.name == "sqlite"
        self._turn_to_write = asyncio.Lock() if is_sqlite else nullcontext()

    @classmethod
    @asynccontextmanager
    async def open(cls, location: str) -> AsyncIterator[Self]:
        """Opens a database by its address, or an SQLite file by its path; makes the tables first."""
        url = database_url(location)
        is_sqlite = url.get_backend_name() == "sqlite"
        engine = create_async_engine(
            url,
            pool_pre_ping=not is_sqlite,
            hide_parameters=True,  # messages stay out of error texts and so out of logs
        )
        if is_sqlite:
            event.listen(engine.sync_engine, "connect", _configure_sqlite)
            event.listen(engine.sync_engine, "begin", _begin_sqlite)
        database = cls(engine)
        try:
            async with database.write() as connection:
                await connection.run_sync(migrate)
            yield database
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Opens a connection for one statement that changes nothing."""
        with _failures():
            async with self._engine.connect() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Opens a transaction: all of it is kept, or nothing."""
        with _failures():
            async with self._turn_to_write, self._writers.begin() as connection:
                yield connection


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise  # a mistake of ours: trying again would not help
    except (SQLAlchemyError, OSError) as err:
        raise StoreUnavailable("Messages cannot be kept right now. Please try again.") from err


def _configure_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401
    connection.isolation_level = None  # `_begin_sqlite` begins, not the driver
    cursor = connection.cursor()
    for setting in (
        f"busy_timeout={_WAIT_S * 1000}",
        "journal_mode=WAL",
        "synchronous=FULL",  # what is acknowledged survives a power cut
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
