"""The events of all dialogues, in a table of an SQLite file that only grows.

The table is the one that Rasa's own SQL tracker store makes, so its tools can read it. Nothing here
knows Rasa: an event is its type, its time and its JSON.
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Iterable, List, Optional

_SCHEMA = """
CREATE TABLE IF NOT EXISTS events (
    id INTEGER NOT NULL PRIMARY KEY,
    sender_id VARCHAR(255) NOT NULL,
    type_name VARCHAR(255) NOT NULL,
    timestamp FLOAT,
    intent_name VARCHAR(255),
    action_name VARCHAR(255),
    data TEXT
);
CREATE INDEX IF NOT EXISTS ix_events_sender_id ON events (sender_id);
"""
_APPEND = """
INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
VALUES (?, ?, ?, ?, ?, ?)
"""
_LAST = "SELECT max(id) FROM events WHERE sender_id = ?"
_SESSION = """
SELECT data FROM events WHERE sender_id = :conversation AND id >= coalesce(
    (SELECT max(id) FROM events WHERE sender_id = :conversation AND type_name = :begins), 0
) ORDER BY id
"""
_PATIENCE_S = 5.0  # for another writer, such as one that erases a conversation


@dataclass(frozen=True)
class Entry:
    """One event as it is kept."""

    type_name: str
    timestamp: float  # seconds since 1970
    intent: Optional[str]
    action: Optional[str]
    data: str  # the whole event as JSON


class EventLog:
    """Adds to the table and reads from it, over one connection that stays open.

    Appending takes one statement a turn, however long the conversation is.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> "EventLog":
        """Opens or makes the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE_S)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.executescript(_SCHEMA)
        return cls(connection)

    def append(self, conversation: str, entries: Iterable[Entry]) -> int:
        """Adds events in one transaction and returns the number of the conversation's last one."""
        rows = [
            (conversation, e.type_name, e.timestamp, e.intent, e.action, e.data) for e in entries
        ]
        with self._connection:
            self._connection.executemany(_APPEND, rows)
            return self.last(conversation)

    def last(self, conversation: str) -> int:
        """Returns the number of the last event; 0 if there is none."""
        (number,) = self._connection.execute(_LAST, (conversation,)).fetchone()
        return number or 0

    def session(self, conversation: str, begins: str) -> List[str]:
        """Returns the events as JSON from the latest one of the type `begins` on, in order.

        All of them if there is none of that type.
        """
        found = self._connection.execute(_SESSION, {"conversation": conversation, "begins": begins})
        return [data for (data,) in found]
