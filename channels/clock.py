"""The time, so that tests can choose it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Returns the present moment, aware and in UTC."""
    return datetime.now(UTC)
