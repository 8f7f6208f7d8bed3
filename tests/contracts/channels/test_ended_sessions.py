"""What every store of ended sessions promises."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from channels.adapters.memory import MemoryEndedSessions
from channels.adapters.sql.database import Database
from channels.adapters.sql.sessions import SqlEndedSessions
from channels.ports import EndedSessions

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def ended(request, tmp_path, fresh_postgresql) -> AsyncIterator[EndedSessions]:
    """An empty store."""
    match request.param:
        case "memory":
            yield MemoryEndedSessions()
        case "sqlite":
            async with Database.open(str(tmp_path / "gateway.db")) as database:
                yield SqlEndedSessions(database, lambda: NOW)
        case _:
            async with fresh_postgresql() as address, Database.open(address) as database:
                yield SqlEndedSessions(database, lambda: NOW)


async def test_a_session_goes_on_until_it_is_ended(ended) -> None:
    """Ending one ends no other, and ending it again changes nothing."""
    assert not await ended.is_ended("one")
    await ended.end("one", until=LATER)
    await ended.end("one", until=LATER)

    assert await ended.is_ended("one")
    assert not await ended.is_ended("other")


async def test_the_next_start_knows_what_was_ended(location) -> None:
    """A log-out outlives the gateway that was told."""
    async with Database.open(location) as database:
        await SqlEndedSessions(database, lambda: NOW).end("one", until=LATER)
    async with Database.open(location) as database:
        assert await SqlEndedSessions(database, lambda: NOW).is_ended("one")


async def test_what_would_be_over_anyway_is_forgotten(location) -> None:
    """The list does not grow for ever: an expired cookie opens nothing by itself."""
    async with Database.open(location) as database:
        await SqlEndedSessions(database, lambda: NOW).end("old", until=LATER)
        later = SqlEndedSessions(database, lambda: LATER + timedelta(seconds=1))
        await later.end("new", until=LATER + timedelta(hours=1))
        assert (await later.is_ended("old"), await later.is_ended("new")) == (False, True)
