"""What the SQL store promises beyond the port."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from channels.adapters.sql import SqlConversations
from channels.adapters.sql.database import Database
from channels.adapters.sql.migration import VERSION_TABLE
from channels.adapters.sql.tables import metadata
from channels.errors import StoreUnavailable
from channels.model import Inbound

HELLO = Inbound(conversation="c-1", message_id="m-1", text="hi")


async def test_the_migrations_make_the_tables(location) -> None:
    """The tables in the database are those that the code describes."""

    def differences(connection) -> list:
        options = {"version_table": VERSION_TABLE}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with Database.open(location) as database:
        assert await database.read(differences) == []


async def test_what_was_kept_is_there_after_a_restart(location) -> None:
    """Another process finds what waits to be answered."""
    async with SqlConversations.open(location) as conversations:
        await conversations.receive(HELLO, channel="api")

    async with SqlConversations.open(location) as conversations:
        assert await conversations.waiting() == ["c-1"]


async def test_two_gateways_may_start_at_once(location) -> None:
    """Whoever comes second finds the tables made."""

    async def start() -> list[str]:
        async with SqlConversations.open(location) as conversations:
            return await conversations.waiting()

    assert await asyncio.gather(start(), start()) == [[], []]


async def test_two_gateways_give_out_each_number_once(location) -> None:
    """Sequence numbers stay unique when two processes write to one conversation."""
    async with (
        SqlConversations.open(location) as one,
        SqlConversations.open(location) as other,
    ):
        await asyncio.gather(
            *(
                store.receive(
                    Inbound(conversation="c-1", message_id=f"m-{n}-{name}", text="hi"),
                    channel="api",
                )
                for n in range(5)
                for name, store in (("one", one), ("other", other))
            )
        )
        assert [m.seq for m in await one.messages("c-1")] == list(range(1, 11))


async def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    """The remedy is said instead of breaking what is kept."""
    location = str(tmp_path / "gateway.db")
    async with SqlConversations.open(location):
        pass
    with sqlite3.connect(location) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    connection.close()

    with pytest.raises(StoreUnavailable, match="update Storekeep"):
        async with SqlConversations.open(location):
            pass


async def test_a_locked_database_is_unavailable(tmp_path: Path, monkeypatch) -> None:
    """A message that cannot be written is refused, and accepted once the lock is gone."""
    monkeypatch.setattr("channels.adapters.sql.sqlite._WAIT_S", 0)
    location = str(tmp_path / "gateway.db")
    async with SqlConversations.open(location) as conversations:
        other = sqlite3.connect(location, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable):
            await conversations.receive(HELLO, channel="api")
        other.close()

        assert (await conversations.receive(HELLO, channel="api")).is_new


async def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    """A damaged file fails with our own error, and is left as it is."""
    location = tmp_path / "gateway.db"
    location.write_bytes(b"not a database" * 100)

    with pytest.raises(StoreUnavailable):
        async with SqlConversations.open(str(location)):
            pass
    assert location.read_bytes().startswith(b"not a database")
