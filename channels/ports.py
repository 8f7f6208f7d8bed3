"""What the gateway needs from the outside: a place to keep messages, and a dialogue engine."""

from collections.abc import Sequence
from typing import Any, Protocol

from bot.contract import Reply, TurnRequest
from channels.model import (
    Author,
    Control,
    Conversation,
    Handoff,
    Inbound,
    Message,
    Pending,
    Received,
)


class DialogueEngine(Protocol):
    """What answers a customer: Rasa, behind `channels.engine.RasaEngine`."""

    async def turn(self, request: TurnRequest) -> list[Reply]:
        """Returns the replies of one complete turn.

        Raises:
            EngineUnavailable: no complete turn came back, for whatever reason.
        """
        ...

    async def is_ready(self) -> bool:
        """Tells whether a whole turn can be answered."""
        ...


class Conversations(Protocol):
    """Inbox, transcript, outbox and control of all conversations. Each call is one transaction."""

    async def receive(self, inbound: Inbound, *, channel: str) -> Received:
        """Keeps a customer's message, once by its message id; opens the conversation if need be.

        Raises:
            Conflict: the message id is known with another content.
            UnknownChoice: the choice was not offered in this conversation.
        """
        ...

    async def next_pending(self, conversation: str) -> Pending | None:
        """Returns the oldest message that the bot has yet to answer, while the bot is in control."""
        ...

    async def waiting(self) -> list[str]:
        """Returns the conversations that have pending messages, oldest first."""
        ...

    async def complete(
        self,
        conversation: str,
        message_id: str,
        *,
        version: int,
        replies: Sequence[Reply],
        handoff: Handoff | None,
    ) -> list[Message]:
        """Marks a message done and keeps the bot's replies, in one transaction.

        Replies made under an older `version` are dropped. A handoff moves control to the queue.
        """
        ...

    async def record_failure(self, conversation: str, message_id: str) -> int:
        """Counts one failed turn of a message and returns how many there were."""
        ...

    async def give_up(self, conversation: str, message_id: str, *, handoff: Handoff) -> None:
        """Marks a message dead and moves the conversation to the queue."""
        ...

    async def replies(self, conversation: str, message_id: str) -> list[Message]:
        """Returns what was answered to one message."""
        ...

    async def messages(self, conversation: str, *, after: int = 0) -> list[Message]:
        """Returns the transcript after a sequence number, in order."""
        ...

    async def conversation(self, conversation: str) -> Conversation:
        """Returns one conversation.

        Raises:
            UnknownConversation: there is none.
        """
        ...

    async def in_control(self, *controls: Control) -> list[Conversation]:
        """Returns the conversations under these controls, longest waiting first."""
        ...

    async def change_control(
        self,
        conversation: str,
        *,
        version: int,
        to: Control,
        agent: str | None = None,
        note: str = "",
    ) -> Conversation:
        """Changes who is in control if `version` is still right; `note` is told to the customer.

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

        Raises:
            ControlLost: somebody else took over.
        """
        ...
