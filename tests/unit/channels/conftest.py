"""A gateway's inner parts around an engine that does as it is told. Nothing here waits."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.contract import Reply, TurnRequest
from channels.adapters.memory import MemoryConversations
from channels.conversation import Switchboard
from channels.dispatcher import Dispatcher
from channels.hub import Event, Hub
from channels.metrics import Metrics
from channels.model import Inbound, Message, Received
from channels.presence import Presence


class ScriptedEngine:
    """Answers every turn from a script, or by repeating what it was told."""

    def __init__(self) -> None:
        self.script: list[Sequence[Reply] | Exception] = []
        self.requests: list[TurnRequest] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.busy = self.most_busy = 0

    async def turn(self, request: TurnRequest) -> list[Reply]:
        """Plays the next line of the script, once the gate is open."""
        self.requests.append(request)
        self.busy += 1
        self.most_busy = max(self.most_busy, self.busy)
        await self.gate.wait()
        self.busy -= 1
        line = self.script.pop(0) if self.script else [says(f"You said: {request.get('text')}")]
        if isinstance(line, Exception):
            raise line
        return list(line)

    async def is_ready(self) -> bool:
        """Says yes."""
        return True


def says(text: str) -> Reply:
    """A plain reply."""
    return {"type": "text", "text": text}


class Gateway:
    """The parts, and what one does with them in a test."""

    def __init__(self, engine: ScriptedEngine) -> None:
        self.engine = engine
        self.conversations = MemoryConversations()
        self.hub = Hub()
        self.slept: list[float] = []
        self.presence = Presence(lambda: None)
        self.dispatcher = self.new_dispatcher()
        self.switchboard = Switchboard(self.conversations, self.hub, self.dispatcher)
        self._subscription = self.hub.subscribe()
        self._events = self._subscription.__enter__()

    def new_dispatcher(self) -> Dispatcher:
        """A dispatcher as after a restart."""
        return Dispatcher(
            self.conversations,
            self.engine,
            self.hub,
            Metrics(),
            self.presence,
            sleep=self._note_sleep,
        )

    async def _note_sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)

    async def write(
        self, text: str, message_id: str = "m-1", conversation: str = "c-1"
    ) -> Received:
        """Sends a customer's message."""
        return await self.switchboard.receive(
            Inbound(conversation=conversation, message_id=message_id, text=text, request_id="r-1"),
            channel="api",
        )

    async def settle(self) -> None:
        """Lets everything happen that can happen."""
        for _ in range(200):
            await asyncio.sleep(0)

    async def lines(self, conversation: str = "c-1") -> list[str]:
        """The transcript: "bot: Hello"."""
        messages: list[Message] = await self.conversations.messages(conversation)
        return [f"{m.author}: {m.body['text']}" for m in messages]

    def events(self) -> list[Event]:
        """What the hub was told since the last look."""
        queue = self._events._events
        return [event for _ in range(queue.qsize()) if (event := queue.get_nowait())]


@pytest.fixture
async def gateway() -> Gateway:
    """The parts of a gateway with a scripted engine."""
    return Gateway(ScriptedEngine())
