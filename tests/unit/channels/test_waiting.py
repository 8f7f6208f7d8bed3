"""What those are told who wait for a person."""

from datetime import UTC, datetime, timedelta

import pytest

from channels.adapters.memory import MemoryConversations
from channels.hub import Hub
from channels.model import Control, Handoff, Inbound
from channels.waiting import WaitingLine

NOW = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)


@pytest.fixture
async def conversations() -> MemoryConversations:
    """Three conversations, of which two wait."""
    ticks = iter(range(99))
    store = MemoryConversations(lambda: NOW + timedelta(seconds=next(ticks)))
    for name in ("first", "second", "third"):
        await store.receive(Inbound(conversation=name, message_id="m", text="hi"), channel="api")
    for name in ("second", "first"):
        await store.complete(
            name,
            "m",
            version=1,
            replies=[{"type": "text", "text": "."}],
            handoff=Handoff(reason=""),
        )
    return store


@pytest.fixture
def line(conversations) -> WaitingLine:
    """Knows that the desk opens in two hours."""
    two_hours = timedelta(hours=2)
    return WaitingLine(conversations, Hub(), lambda now: now + two_hours, clock=lambda: NOW)


async def test_those_longer_in_the_queue_come_first(line, conversations) -> None:
    """Whoever is with the bot stands nowhere."""
    places = {}
    for conversation in await conversations.recent(5):
        standing = await line.standing(conversation)
        places[conversation.id] = standing and standing.position
    assert places == {"second": 1, "first": 2, "third": None}


async def test_it_is_told_who_is_here_and_when_the_desk_opens(line, conversations) -> None:
    """As every channel sends it out."""
    waiting = await conversations.conversation("second")
    told = (await line.standing(waiting)).as_json()
    assert told == {"position": 1, "here": False, "opens": "2026-05-04T08:00:00+00:00"}
    with line.presence.at_the_desk("anna"):
        assert (await line.standing(waiting)).is_anybody_here


async def test_who_has_just_left_the_queue_stands_nowhere(line, conversations) -> None:
    """What a reader still believes to be waiting may have gone on meanwhile."""
    waiting = await conversations.conversation("second")
    await conversations.change_control(
        "second", version=waiting.version, to=Control.BOT, agent=None, note="Back."
    )
    assert await line.standing(waiting) is None
