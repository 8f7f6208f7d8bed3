"""Conversations and messages as the gateway keeps them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Control(StrEnum):
    """Who answers the customer. Exactly one at any time."""

    BOT = "bot"
    QUEUE = "queue"  # waits for a human; nobody answers
    AGENT = "agent"
    CLOSED = "closed"  # resolved; the customer's next message opens it for the bot again


class Author(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class InboxState(StrEnum):
    """How far a customer's message has come."""

    PENDING = "pending"  # nobody has answered it
    DONE = "done"
    DEAD = "dead"  # given up after repeated failures; shown to humans


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One customer's conversation. `version` grows with every change of control."""

    id: str
    channel: str
    control: Control
    version: int
    agent: str | None  # name of the agent in control
    handoff: Mapping[str, Any] | None  # reason and facts of the last handoff
    created_at: datetime
    updated_at: datetime
    control_since: datetime  # when control last changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A customer's message as it came in: either `text` or `choice`."""

    conversation: str
    message_id: str  # the channel's own id, unique within the conversation
    text: str | None = None
    choice: str | None = None
    request_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A line of the transcript. `seq` grows strictly within a conversation.

    `body` is the reply as `bot.contract` describes it, with choices as opaque ids.
    """

    conversation: str
    seq: int
    author: Author
    type: str
    body: Mapping[str, Any]
    at: datetime
    message_id: str | None = None  # the channel's own id, of a customer's message
    in_reply_to: str | None = None  # message_id of the customer's message
    agent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """The next message of a conversation that the bot has to answer."""

    inbound: Inbound
    channel: str
    version: int  # of the conversation's control: the answer counts under this one only
    payload: str | None  # what the chosen button means to Rasa
    tries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What became of an inbound message."""

    message: Message
    state: InboxState
    is_new: bool  # False: the same message had come before
    conversation: Conversation  # as it is now
    reopened: bool = False  # it was closed until this message
    next_pending: Pending | None = None  # of a new message: what the bot has to answer now


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a change left behind: the conversation as it is now and the messages that were added."""

    conversation: Conversation
    messages: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOutcome(Outcome):
    """What a turn of the bot left behind, and what it has to answer next."""

    next_pending: Pending | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """What the bot passes on when it hands over."""

    reason: str
    facts: Mapping[str, str] = field(default_factory=dict)
