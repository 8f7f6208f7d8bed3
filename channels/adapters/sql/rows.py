"""Rows of the database as conversations and messages."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, RowMapping

from channels.model import Author, Control, Conversation, Inbound, Message, Pending


def conversation_of(row: Row[Any]) -> Conversation:
    """Returns a row of `conversations`."""
    return Conversation(
        id=row.id,
        channel=row.channel,
        control=Control(row.control),
        version=row.version,
        agent=row.agent,
        handoff=row.handoff,
        created_at=row.created_at,
        updated_at=row.updated_at,
        control_since=row.control_since,
    )


def message_of(row: RowMapping | Mapping[str, Any]) -> Message:
    """Returns a row of `messages`."""
    return Message(
        conversation=row["conversation"],
        seq=row["seq"],
        author=Author(row["author"]),
        type=row["body"]["type"],
        body=row["body"],
        at=row["at"],
        message_id=row["message_id"],
        in_reply_to=row["in_reply_to"],
        agent=row["agent"],
    )


def pending_of(row: Row[Any], now: Conversation) -> Pending:
    """Returns a row of `messages` that waits in a conversation."""
    choice = row.body.get("choice")
    return Pending(
        inbound=Inbound(
            conversation=row.conversation,
            message_id=row.message_id,
            text=None if choice else row.body["text"],
            choice=choice,
            request_id=row.request_id,
        ),
        channel=now.channel,
        version=now.version,
        payload=row.payload,
        tries=row.tries,
    )


def is_same(row: RowMapping, inbound: Inbound) -> bool:
    """Tells whether a row of `messages` keeps this very message."""
    body = row["body"]
    choice = body.get("choice")
    return inbound.choice == choice and (choice is not None or inbound.text == body["text"])
