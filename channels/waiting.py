"""Where customers stand who wait for a person, told honestly: how many come first, and who is there."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from channels.clock import Clock, utc_now
from channels.errors import GatewayError
from channels.hub import ControlChanged, Hub, QueueMoved
from channels.model import Control, Conversation
from channels.ports import Conversations
from channels.presence import Presence

Opens = Callable[[datetime], datetime | None]

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one who waits is told."""

    position: int  # 1: is next
    is_anybody_here: bool
    opens: datetime | None  # from when on somebody should be there; None: not known

    def as_json(self) -> dict[str, Any]:
        """Returns it as every channel sends it out."""
        opens = self.opens and self.opens.isoformat(timespec="seconds")
        return {"position": self.position, "here": self.is_anybody_here, "opens": opens}


class WaitingLine:
    """Knows the queue, and tells those in it when it moves."""

    def __init__(
        self, conversations: Conversations, hub: Hub, opens: Opens, *, clock: Clock = utc_now
    ) -> None:
        self._conversations = conversations
        self._hub = hub
        self._opens = opens
        self._clock = clock
        self._moved = asyncio.Event()
        self.presence = Presence(on_change=self._moved.set)

    async def standing(self, conversation: Conversation) -> Standing | None:
        """Returns where a conversation stands, while it waits."""
        if conversation.control is not Control.QUEUE:
            return None
        waiting = await self._conversations.in_control(Control.QUEUE)
        ids = [each.id for each in waiting]
        return self._standing(ids.index(conversation.id) + 1) if conversation.id in ids else None

    async def run(self) -> None:
        """Tells everybody who waits, whenever the queue moves or the desk is opened or left."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._notice())
            while True:
                await self._moved.wait()
                self._moved.clear()
                await self._tell()

    async def _notice(self) -> None:
        while True:  # again after a flood of events was too fast to follow
            with self._hub.subscribe() as events:
                self._moved.set()
                async for event in events:
                    if isinstance(event, ControlChanged):
                        self._moved.set()

    async def _tell(self) -> None:
        try:
            waiting = await self._conversations.in_control(Control.QUEUE)
        except GatewayError as error:
            log.warning("queue-not-told", code=error.code)
            return
        for position, conversation in enumerate(waiting, 1):
            self._hub.publish(QueueMoved(conversation.id, self._standing(position).as_json()))

    def _standing(self, position: int) -> Standing:
        return Standing(
            position=position,
            is_anybody_here=self.presence.is_anybody_here,
            opens=self._opens(self._clock()),
        )
