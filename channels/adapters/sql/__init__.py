"""Conversations in a SQL database: SQLite on one machine, PostgreSQL beyond it."""

from channels.adapters.sql.conversations import SqlConversations

__all__ = ["SqlConversations"]
