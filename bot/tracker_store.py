"""Where dialogues are kept: a table of events that only grows, in an SQLite file."""

from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import QueuePool


def open_tracker_store(path: Path) -> SQLTrackerStore:
    """Opens or makes the database.

    Rasa would open a connection for each query and end it after, which makes SQLite tidy up its
    write-ahead log each time: half of a turn. Here connections stay open.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    store = SQLTrackerStore(dialect="sqlite", db=str(path))
    store.engine = sqlalchemy.create_engine(store.engine.url, poolclass=QueuePool)
    store.sessionmaker = sessionmaker(bind=store.engine)
    sqlalchemy.event.listen(store.engine, "connect", _set_up_connection)
    return store


def _set_up_connection(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
