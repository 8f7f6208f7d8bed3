"""What the gateway keeps in a SQL database: SQLite on one machine, PostgreSQL beyond it."""

from channels.adapters.sql.conversations import SqlConversations
from channels.adapters.sql.database import Database
from channels.adapters.sql.sessions import SqlEndedSessions

__all__ = ["Database", "SqlConversations", "SqlEndedSessions"]
