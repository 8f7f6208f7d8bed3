"""What only the SQL adapter promises: its tables, its faults."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from shop.adapters.sql import SqlShop, migration
from shop.adapters.sql.migration import VERSION_TABLE
from shop.adapters.sql.tables import metadata
from shop.errors import StoreUnavailable
from shop.model import Order
from shop.sql import database_url


async def test_the_migrations_make_the_tables_that_the_code_uses(url: str):
    """Alembic finds no difference between a migrated database and the tables of the code."""
    async with SqlShop.open(url):
        pass
    engine = create_async_engine(database_url(url))
    async with engine.connect() as connection:
        differences = await connection.run_sync(
            lambda it: compare_metadata(
                MigrationContext.configure(it, opts={"version_table": VERSION_TABLE}), metadata
            )
        )
    await engine.dispose()
    assert differences == []


async def test_several_processes_may_open_a_new_database_at_once(url: str, ada):
    """The tables are made once, and everyone finds them."""

    async def save(number: int) -> None:
        async with SqlShop.open(url) as shop, shop.records() as records:
            await records.customers.save([replace(ada, id=str(number))])

    await asyncio.gather(*map(save, range(4)))
    async with SqlShop.open(url) as shop, shop.snapshot() as records:
        assert [(await records.customers.find(str(number))).id for number in range(4)] == [
            "0",
            "1",
            "2",
            "3",
        ]


async def test_customers_of_an_older_version_are_found_by_name(url: str):
    """The migration fills what they are looked up by."""

    def make_older(connection: Connection) -> None:
        config = migration._config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        ada = {"id": "ada", "first_name": "Ada", "last_name": "Byron", "postcode": "10115"}
        others = ("email", "line1", "line2", "city", "state", "country", "locale", "time_zone")
        names = (*ada, *others)
        marks = ", ".join(f":{name}" for name in names)
        insert = f"INSERT INTO customers ({', '.join(names)}) VALUES ({marks})"
        connection.execute(text(insert), dict.fromkeys(others, "") | ada)

    engine = create_async_engine(database_url(url))
    async with engine.begin() as connection:
        await connection.run_sync(make_older)
    await engine.dispose()
    async with SqlShop.open(url) as shop, shop.snapshot() as records:
        assert [each.id for each in await records.customers.named("Ada Byron", "10115")] == ["ada"]


async def test_a_database_of_a_newer_version_is_not_touched(url: str):
    """Whoever opens it is told to update."""
    async with SqlShop.open(url):
        pass
    engine = create_async_engine(database_url(url))
    async with engine.begin() as connection:
        await connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    await engine.dispose()
    with pytest.raises(StoreUnavailable, match="newer version"):
        async with SqlShop.open(url):
            pass


async def test_a_fault_of_the_database_is_the_shops_own_error(url: str, order: Order):
    """An order without its customer is refused; the cause is kept, what was in it is not told."""
    async with SqlShop.open(url) as shop:
        with pytest.raises(StoreUnavailable) as raised:
            async with shop.records() as records:
                await records.orders.save([order])
        assert isinstance(raised.value.__cause__, SQLAlchemyError)
        assert "Berlin" not in f"{raised.value} {raised.value.__cause__}"


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/nothing", "/nowhere/at/all/shop.db"]
)
async def test_a_database_that_cannot_be_reached_is_the_shops_own_error(url: str):
    """A closed port and a missing folder say the same."""
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        async with SqlShop.open(url):
            pass


async def test_a_file_that_is_no_database_is_the_shops_own_error(tmp_path: Path):
    """A spoilt file is not taken for an empty one."""
    spoilt = tmp_path / "shop.db"
    spoilt.write_bytes(b"no database" * 1000)
    with pytest.raises(StoreUnavailable):
        async with SqlShop.open(str(spoilt)):
            pass


async def test_sqlite_keeps_a_write_ahead_log(tmp_path: Path):
    """Readers of other processes do not wait for a writer."""
    path = tmp_path / "shop.db"
    async with SqlShop.open(f"sqlite:///{path}"):
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_a_database_that_is_up_to_date_opens_while_another_writes(url: str):
    """Starting one process does not wait for an import in another."""
    async with (
        SqlShop.open(url) as shop,
        shop.records() as records,
        SqlShop.open(url) as other,
        other.snapshot() as reading,
    ):
        assert await reading.catalogue.count() == await records.catalogue.count() == 0
