"""Conversations, their messages and the buttons that were offered."""

import sqlalchemy as sa
from alembic import op

from shop.sql import UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Makes the first tables."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("control", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("agent", sa.Text),
        sa.Column("handoff", sa.JSON(none_as_null=True)),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("updated_at", UtcDateTime, nullable=False),
        sa.Column("control_since", UtcDateTime, nullable=False),
        sa.Column("last_seq", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_index("ix_conversations_updated_at", "conversations", ["updated_at"])
    op.create_index(
        "ix_conversations_control_control_since", "conversations", ["control", "control_since"]
    )
    op.create_table(
        "messages",
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.Column("agent", sa.Text),
        sa.Column("in_reply_to", sa.Text),
        sa.Column("message_id", sa.Text),
        sa.Column("payload", sa.Text),
        sa.Column("request_id", sa.Text),
        sa.Column("state", sa.Text),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq", name="pk_messages"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_messages_conversation"
        ),
    )
    op.create_index(
        "ix_messages_conversation_message_id",
        "messages",
        ["conversation", "message_id"],
        unique=True,
    )
    pending = sa.text("state = 'pending'")
    op.create_index(
        "ix_messages_pending",
        "messages",
        ["conversation"],
        sqlite_where=pending,
        postgresql_where=pending,
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offers"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_offers_conversation"
        ),
    )
    op.create_index("ix_offers_conversation", "offers", ["conversation"])
