"""Where dialogues are kept: a table of events that only grows, in an SQLite file."""

from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore


def open_tracker_store(path: Path) -> SQLTrackerStore:
    """Opens or makes the database, so that readers and the writer do not wait for each other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = SQLTrackerStore(dialect="sqlite", db=str(path))
    sqlalchemy.event.listen(store.engine, "connect", _set_up_connection)
    store.engine.dispose()  # connections made before the listener
    return store


def _set_up_connection(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
