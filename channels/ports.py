"""What the gateway needs from the outside: a place to keep messages, and a dialogue engine."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.contract import Reply, TurnRequest
from channels.model import (
    Author,
    Control,
    Conversation,
    Handoff,
    Inbound,
    Message,
    Outcome,
    Pending,
    Received,
    TurnOutcome,
)


class DialogueEngine(Protocol):
    """What answers a customer: Rasa, behind `channels.engine.RasaEngine`."""

    async def turn(self, request: TurnRequest) -> list[Reply]:
        """Returns the replies of one complete turn.

        Raises:
            TurnFailed: the engine is there, but this turn did not complete.
            EngineUnavailable: the engine cannot be reached.
        """
        ...

    async def is_ready(self) -> bool:
        """Tells whether a whole turn can be answered."""
        ...


class EndedSessions(Protocol):
    """The sessions of the desk that were ended before their time. Implementations raise StoreUnavailable."""

    async def end(self, session: str, *, until: datetime) -> None:
        """Remembers that a session is over, until it would have ended by itself."""
        ...

    async def is_ended(self, session: str) -> bool:
        """Tells whether a session was ended."""
        ...


class Conversations(Protocol):
    """Inbox, transcript and control of all conversations. Each call is one transaction.

    A customer's message is pending until somebody answers it: a turn of the bot, or the next message
    of an agent. Whoever is in control answers what is pending. What changes that tells at once what
    comes next, so that nobody has to look. Implementations raise StoreUnavailable.
    """

    async def receive(self, inbound: Inbound, *, channel: str) -> Received:
        """Keeps a customer's message, once by its message id; opens the conversation if need be.

        Raises:
            Conflict: the message id is known with another content.
            UnknownChoice: the choice was not offered in this conversation.
        """
        ...

    async def next_pending(self, conversation: str) -> Pending | None:
        """Returns the oldest pending message, while the bot is in control."""
        ...

    async def waiting(self) -> list[str]:
        """Returns the conversations in which the bot has messages to answer."""
        ...

    async def complete(
        self,
        conversation: str,
        message_id: str,
        *,
        version: int,
        replies: Sequence[Reply],
        handoff: Handoff | None,
    ) -> TurnOutcome:
        """Marks a pending message done and keeps the bot's replies.

        Replies made under another `version` are dropped and the message stays pending: it belongs to
        whoever is in control now. A handoff moves control to the queue.
        """
        ...

    async def record_failure(self, conversation: str, message_id: str) -> int:
        """Counts one failed turn of a message and returns how many there were."""
        ...

    async def give_up(
        self, conversation: str, message_id: str, *, version: int, handoff: Handoff, note: str
    ) -> TurnOutcome:
        """Marks a pending message dead, tells the customer `note`, and queues for a human.

        Changes nothing under another `version`, as `complete`.
        """
        ...

    async def has(self, conversation: str, message_id: str) -> bool:
        """Tells whether a customer's message came before."""
        ...

    async def replies(self, conversation: str, message_id: str) -> list[Message]:
        """Returns what was answered to one message."""
        ...

    async def messages(self, conversation: str, *, after: int = 0) -> list[Message]:
        """Returns the transcript after a sequence number, in order."""
        ...

    async def first_words(self, conversations: Sequence[str]) -> dict[str, Message]:
        """Returns what the customer wrote first in each of these conversations."""
        ...

    async def last_words(self, conversations: Sequence[str]) -> dict[str, Message]:
        """Returns what the customer wrote last in each of these conversations."""
        ...

    async def conversation(self, conversation: str) -> Conversation:
        """Returns one conversation.

        Raises:
            UnknownConversation: there is none.
        """
        ...

    async def in_control(self, *controls: Control) -> list[Conversation]:
        """Returns the conversations under these controls, those longest under it first."""
        ...

    async def recent(self, limit: int) -> list[Conversation]:
        """Returns the conversations in which something happened last, latest first."""
        ...

    async def change_control(
        self,
        conversation: str,
        *,
        version: int,
        to: Control,
        agent: str | None,
        note: str,
        answers: str | None = None,
    ) -> Outcome:
        """Changes who is in control if `version` is still right; the customer is told `note`.

        `agent` is who does it, and `answers` the customer's message that asked for it. What was
        pending when a conversation is closed is done.

        Raises:
            ControlLost: somebody else was first.
        """
        ...

    async def say(
        self,
        conversation: str,
        *,
        author: Author,
        version: int,
        body: dict[str, Any],
        agent: str | None = None,
    ) -> Message:
        """Keeps a message of an agent or the system if `version` is still right.

        An agent's message answers everything that is pending.

        Raises:
            ControlLost: somebody else took over.
        """
        ...
