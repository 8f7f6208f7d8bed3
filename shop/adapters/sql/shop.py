"""Opens the database and its transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from shop.adapters.sql.catalogue import SqlCatalogue
from shop.adapters.sql.codes import SqlCodes
from shop.adapters.sql.customers import SqlCustomers
from shop.adapters.sql.identities import SqlIdentities
from shop.adapters.sql.ledger import SqlLedger
from shop.adapters.sql.migration import is_current, migrate
from shop.adapters.sql.orders import SqlOrders
from shop.delivery_terms import DeliveryTerms
from shop.errors import StoreUnavailable
from shop.policy import Policy
from shop.sql import database_url

_WAIT_MS = 10_000  # for another transaction to end
_LOCK = 0x5709_CEE9  # the advisory lock of this schema's writers
_BEGIN = {  # one writer at a time, on either database; a reader sees one moment
    ("sqlite", True): ("BEGIN IMMEDIATE",),
    ("sqlite", False): ("BEGIN",),
    ("postgresql", True): (
        f"SET LOCAL lock_timeout = {_WAIT_MS}",
        f"SELECT pg_advisory_xact_lock({_LOCK})",
    ),
    ("postgresql", False): ("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",),
}


class SqlRecords:
    """All records within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.catalogue = SqlCatalogue(connection)
        self.customers = SqlCustomers(connection)
        self.orders = SqlOrders(connection)
        self.identities = SqlIdentities(connection)
        self.codes = SqlCodes(connection)
        self.ledger = SqlLedger(connection)


class SqlShop:
    """A shop whose records are in SQLite or PostgreSQL."""

    def __init__(self, engine: AsyncEngine, policy: Policy, delivery: DeliveryTerms) -> None:
        self.policy = policy
        self.delivery = delivery
        self._engine = engine

    @classmethod
    @asynccontextmanager
    async def open(
        cls, url: str, *, policy: Policy | None = None, delivery: DeliveryTerms | None = None
    ) -> AsyncIterator[Self]:
        """Opens the shop and closes it afterwards; makes or updates the tables first.

        Args:
            url: of the database, or the path of an SQLite file.
            policy: the shop's rules; those of the demo shop if left out.
            delivery: how it delivers; by no method if left out.
        """
        address = database_url(url)
        if (
            address.get_backend_name() == "sqlite"
            and not Path(address.database or "").parent.is_dir()
        ):
            raise StoreUnavailable(f"{address.database} cannot be reached: there is no such folder")
        engine = _engine(address)
        shop = cls(engine, policy or Policy(), delivery or DeliveryTerms())
        try:
            await shop._migrate()
            yield shop
        finally:
            await engine.dispose()

    @asynccontextmanager
    async def records(self) -> AsyncIterator[SqlRecords]:
        """Opens a transaction; the next one waits until it ends."""
        async with self._transaction(writes=True) as connection:
            yield SqlRecords(connection)

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[SqlRecords]:
        """Opens the records as they are now; nothing is kept."""
        async with self._transaction(writes=False) as connection:
            yield SqlRecords(connection)

    async def _migrate(self) -> None:
        async with self._transaction(writes=False) as connection:
            if await connection.run_sync(is_current):
                return
        async with self._transaction(writes=True) as connection:
            await connection.run_sync(migrate)

    @asynccontextmanager
    async def _transaction(self, *, writes: bool) -> AsyncIterator[AsyncConnection]:
        connection = self._engine.connect()
        try:
            await connection.start()
            await connection.execution_options(writes=writes)
        except (SQLAlchemyError, OSError) as err:
            raise StoreUnavailable(
                "the shop's database cannot be reached: see that it runs, and that its folder can be written"
            ) from err
        try:
            async with connection.begin() as transaction:
                yield connection
                if not writes:
                    await transaction.rollback()
        except SQLAlchemyError as err:
            raise StoreUnavailable(
                "the shop's database refused: see that it is not locked, nor its disk full"
            ) from err
        finally:
            await connection.close()


def _engine(url: URL) -> AsyncEngine:
    """Returns an engine that begins its transactions as `_BEGIN` says."""
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = create_async_engine(
        url,
        pool_pre_ping=not is_sqlite,
        hide_parameters=True,  # addresses stay out of error texts and so out of logs
    )

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options()["writes"]
        for statement in _BEGIN[connection.dialect.name, writes]:
            connection.exec_driver_sql(statement)

    if is_sqlite:
        event.listen(engine.sync_engine, "connect", _configure_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401
    connection.isolation_level = None  # `_BEGIN` begins, not the driver
    for setting in (f"busy_timeout={_WAIT_MS}", "journal_mode=WAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}").close()
