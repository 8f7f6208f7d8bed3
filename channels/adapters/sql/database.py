"""The database under the conversations: runs whole transactions, and turns failures into ours."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError, SQLAlchemyError

from channels.adapters.sql.migration import migrate
from channels.adapters.sql.postgresql import Postgresql
from channels.adapters.sql.sqlite import Sqlite
from channels.errors import StoreUnavailable
from shop.sql import database_url

T = TypeVar("T")
Work = Callable[[Connection], T]
"""What is done in one transaction. It must not wait for anything but the database."""


class Driver(Protocol):
    """How one kind of database runs work beside the event loop."""

    async def read(self, work: Work[T]) -> T:
        """Runs work that changes nothing."""
        ...

    async def write(self, work: Work[T]) -> T:
        """Runs work in a transaction of its own: all of it is kept, or nothing."""
        ...


class Database:
    """Transactions on SQLite or PostgreSQL. Handing over whole ones costs one change of threads each."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver

    @classmethod
    @asynccontextmanager
    async def open(cls, location: str) -> AsyncIterator["Database"]:
        """Opens a database by its address, or an SQLite file by its path; makes the tables first."""
        async with _driver(location) as driver:
            database = cls(driver)
            await database.write(migrate)
            yield database

    async def read(self, work: Work[T]) -> T:
        """Runs work that changes nothing.

        Raises:
            StoreUnavailable: the database cannot be reached or read.
        """
        with _failures():
            return await self._driver.read(work)

    async def write(self, work: Work[T]) -> T:
        """Runs work in a transaction of its own: all of it is kept, or nothing.

        Raises:
            StoreUnavailable: the database cannot be reached or written.
        """
        with _failures():
            return await self._driver.write(work)


def _driver(location: str) -> AbstractAsyncContextManager[Driver]:
    url = database_url(location)
    return Sqlite.open(url) if url.get_backend_name() == "sqlite" else Postgresql.open(url)


@contextmanager
def _failures() -> Iterator[None]:
    try:
        yield
    except (DataError, IntegrityError, ProgrammingError):
        raise  # a mistake of ours: trying again would not help
    except (SQLAlchemyError, OSError) as err:
        raise StoreUnavailable("Messages cannot be kept right now. Please try again.") from err
