"""The same conversations on every adapter that can keep them."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channels.adapters.memory import MemoryConversations
from channels.adapters.sql import SqlConversations
from channels.ports import Conversations

FreshPostgresql = Callable[[], AbstractAsyncContextManager[str]]


class TickingClock:
    """Each look at it is a second later."""

    def __init__(self) -> None:
        self._now = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Returns the next second."""
        self._now += timedelta(seconds=1)
        return self._now


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def conversations(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_postgresql: FreshPostgresql
) -> AsyncIterator[Conversations]:
    """An empty store."""
    clock = TickingClock()
    match request.param:
        case "memory":
            yield MemoryConversations(clock)
        case "sqlite":
            async with SqlConversations.open(str(tmp_path / "gateway.db"), clock=clock) as sqlite:
                yield sqlite
        case _:
            async with (
                fresh_postgresql() as address,
                SqlConversations.open(address, clock=clock) as postgresql,
            ):
                yield postgresql


@pytest.fixture(params=["sqlite", "postgresql"])
async def location(
    request: pytest.FixtureRequest, tmp_path: Path, fresh_postgresql: FreshPostgresql
) -> AsyncIterator[str]:
    """Where an empty database is."""
    if request.param == "sqlite":
        yield str(tmp_path / "gateway.db")
    else:
        async with fresh_postgresql() as address:
            yield address
