"""The tables. `migrations/` makes them; a contract test keeps the two alike.

A customer's message is inbox and transcript in one row: it has a `message_id` and a `state`.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    literal_column,
)

from channels.model import InboxState
from shop.sql import UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _text(name: str, *, nullable: bool = False, **options: Any) -> Column[str]:  # noqa: ANN401
    return Column(name, Text, nullable=nullable, **options)


conversations = Table(
    "conversations",
    metadata,
    _text("id", primary_key=True),
    _text("channel"),
    _text("control"),
    Column("version", Integer, nullable=False),
    _text("agent", nullable=True),
    Column("handoff", JSON(none_as_null=True)),
    Column("created_at", UtcDateTime, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False, index=True),
    Column("control_since", UtcDateTime, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Index(None, "control", "control_since"),
)

messages = Table(
    "messages",
    metadata,
    Column("conversation", ForeignKey("conversations.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    _text("author"),
    Column("body", JSON, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    _text("agent", nullable=True),
    _text("in_reply_to", nullable=True),
    # Only of a customer's message:
    _text("message_id", nullable=True),
    _text("payload", nullable=True),
    _text("request_id", nullable=True),
    _text("state", nullable=True),
    Column("tries", Integer, nullable=False, default=0),
    Index(None, "conversation", "message_id", unique=True),
)
# Written out and not bound, as the databases take a partial index for the very same words only.
IS_PENDING = messages.c.state == literal_column(f"'{InboxState.PENDING}'")
Index(
    "ix_messages_pending",
    messages.c.conversation,
    sqlite_where=IS_PENDING,
    postgresql_where=IS_PENDING,
)

ended_sessions = Table(
    "ended_sessions",
    metadata,
    _text("id", primary_key=True),
    Column("until", UtcDateTime, nullable=False),
)

offers = Table(
    "offers",
    metadata,
    _text("id", primary_key=True),
    Column("conversation", ForeignKey("conversations.id"), nullable=False, index=True),
    _text("title"),
    _text("payload"),
)
