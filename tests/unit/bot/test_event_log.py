"""The table of events: it only grows, tells sessions apart and costs the same at any length."""

import sqlite3
from itertools import count

import pytest

from bot.event_log import Entry, EventLog

BEGINS = "session_started"


def entry(number, type_name="user"):
    """An event that can be told from others."""
    return Entry(type_name, float(number), None, None, f"e{number}")


@pytest.fixture
def path(tmp_path):
    """Where the file is."""
    return tmp_path / "home" / "tracker.db"


@pytest.fixture
def log(path):
    """An empty log."""
    return EventLog.open(path)


def test_what_was_added_is_read_in_order(log, path):
    """Also by the next process, and without what other conversations said."""
    log.append("c-1", [entry(1), entry(2)])
    log.append("c-2", [entry(3)])
    log.append("c-1", [entry(4)])
    assert EventLog.open(path).session("c-1", BEGINS) == ["e1", "e2", "e4"]


def test_a_session_begins_at_its_first_event(log):
    """What was said before the latest one is not read."""
    log.append("c-1", [entry(1, BEGINS), entry(2)])
    log.append("c-1", [entry(3, BEGINS), entry(4)])
    assert log.session("c-1", BEGINS) == ["e3", "e4"]


def test_the_last_number_tells_whether_anything_happened(log):
    """It grows with each event, is nobody else's business, and is 0 for what was erased."""
    assert log.last("c-1") == 0
    first = log.append("c-1", [entry(1)])
    log.append("c-2", [entry(2)])
    assert log.last("c-1") == first
    assert log.append("c-1", [entry(3)]) > first


def test_a_file_that_rasa_made_is_read(path):
    """The table is that of Rasa 3.6's SQLTrackerStore."""
    path.parent.mkdir()
    with sqlite3.connect(path) as rasa:
        rasa.execute(
            "CREATE TABLE events (id INTEGER NOT NULL, sender_id VARCHAR(255) NOT NULL,"
            " type_name VARCHAR(255) NOT NULL, timestamp FLOAT, intent_name VARCHAR(255),"
            " action_name VARCHAR(255), data TEXT, PRIMARY KEY (id))"
        )
        rasa.execute("CREATE INDEX ix_events_sender_id ON events (sender_id)")
        rasa.execute(
            "INSERT INTO events (sender_id, type_name, data) VALUES ('c-1', 'user', 'old')"
        )
    log = EventLog.open(path)
    log.append("c-1", [entry(1)])
    assert log.session("c-1", BEGINS) == ["old", "e1"]


def test_a_turn_costs_as_much_at_the_end_of_a_long_conversation_as_at_its_beginning(log):
    """The steps of SQLite's machine to look for news and to add a turn stay nearly the same."""
    connection, numbers, steps = log._connection, count(), []

    def step() -> None:
        steps[-1] += 1

    connection.set_progress_handler(step, 1)
    for _ in range(200):
        steps.append(0)
        log.last("c-1")
        log.append("c-1", [entry(next(numbers)) for _ in range(8)])
    assert steps[-1] <= steps[1] * 1.2
