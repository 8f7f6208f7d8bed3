"""Tells everybody who watches a conversation what happens in it, within this process.

Events are a convenience, never the only copy: what is kept is in `channels.ports.Conversations`.
A reader that is too slow loses its subscription and reads again from its last sequence number.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from channels.model import Author, Conversation, Message, Outcome

_BACKLOG = 256


@dataclass(frozen=True, slots=True)
class MessageKept:
    """A message was added to the transcript."""

    conversation: str
    message: Message


@dataclass(frozen=True, slots=True)
class ControlChanged:
    """Somebody else answers now."""

    conversation: str
    now: Conversation


@dataclass(frozen=True, slots=True)
class Typing:
    """The bot, an agent or the customer began to write, or stopped."""

    conversation: str
    who: Author
    is_typing: bool


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The bot has done what it will do about a customer's message; its replies came before this."""

    conversation: str
    message_id: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class QueueMoved:
    """A customer who waits stands elsewhere now, as `channels.waiting.Standing` tells it."""

    conversation: str
    standing: Mapping[str, Any]


Event = MessageKept | ControlChanged | Typing | TurnEnded | QueueMoved


class Subscription:
    """The events of one watcher: `async for event in subscription`.

    It ends only when the watcher was too slow to keep up.
    """

    def __init__(self, backlog: int = _BACKLOG) -> None:
        self._events: asyncio.Queue[Event | None] = asyncio.Queue(backlog)
        self._lost = False

    def offer(self, event: Event) -> None:
        """Adds an event, or ends the subscription where there is no room."""
        if self._lost:
            return
        if not self._events.full():
            self._events.put_nowait(event)
            return
        self._lost = True
        while not self._events.empty():
            self._events.get_nowait()
        self._events.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Event]:
        while (event := await self._events.get()) is not None:
            yield event


class Hub:
    """Fans events out to those who watch one conversation, or all of them."""

    def __init__(self) -> None:
        self._watchers: defaultdict[str | None, set[Subscription]] = defaultdict(set)

    @contextmanager
    def subscribe(self, conversation: str | None = None) -> Iterator[Subscription]:
        """Watches one conversation, or all of them, from now on until the context ends."""
        subscription = Subscription()
        self._watchers[conversation].add(subscription)
        try:
            yield subscription
        finally:
            self._watchers[conversation].discard(subscription)
            if not self._watchers[conversation]:
                del self._watchers[conversation]

    def publish(self, event: Event) -> None:
        """Hands an event to everybody who watches its conversation."""
        for key in (event.conversation, None):
            for subscription in self._watchers.get(key, ()):
                subscription.offer(event)

    def publish_outcome(self, outcome: Outcome, *, control_changed: bool) -> None:
        """Tells what a change left behind."""
        conversation = outcome.conversation
        if control_changed:
            self.publish(ControlChanged(conversation.id, conversation))
        for message in outcome.messages:
            self.publish(MessageKept(conversation.id, message))
