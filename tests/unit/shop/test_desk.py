"""When people are there follows from hours, time zone and public holidays."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from shop.desk import Desk

BERLIN = ZoneInfo("Europe/Berlin")


def berlin(*moment: int) -> datetime:
    """Returns a moment on the shop's clock."""
    return datetime(*moment, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (berlin(2026, 5, 4, 12), berlin(2026, 5, 4, 12)),  # a Monday
        (berlin(2026, 5, 4, 7, 59), berlin(2026, 5, 4, 8)),
        (berlin(2026, 5, 4, 20), berlin(2026, 5, 5, 8)),
        (berlin(2026, 5, 9, 16), berlin(2026, 5, 11, 8)),  # a Saturday
        (berlin(2026, 5, 10, 12), berlin(2026, 5, 11, 8)),  # a Sunday
        (berlin(2026, 12, 24, 21), berlin(2026, 12, 28, 8)),  # holidays, then a Sunday
        (berlin(2026, 3, 29, 1), berlin(2026, 3, 30, 8)),  # the clocks go forward
    ],
)
def test_the_next_opening_is_known(now, opens):
    """Within the hours it is now."""
    assert Desk().opens(now) == opens


def test_the_hours_are_those_of_the_shop():
    """Whoever asks from elsewhere is told of the same moment."""
    now = datetime(2026, 5, 4, 23, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert Desk().opens(now) == berlin(2026, 5, 5, 8)


def test_without_hours_nobody_is_ever_there():
    """There is no opening to tell of."""
    assert Desk(hours={}).opens(berlin(2026, 5, 4, 12)) is None


def test_holidays_count_only_where_a_country_is_set():
    """A shop may be open on Christmas Day."""
    christmas = berlin(2026, 12, 25, 12)
    assert Desk(holidays_of=None).opens(christmas) == christmas


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Berlin"},
        {"hours": {"monday": "20:00-08:00"}},
        {"hours": {"monday": "8-20"}},
        {"hours": {"someday": "08:00-20:00"}},
        {"holidays_of": "Atlantis"},
    ],
)
def test_what_cannot_be_is_refused(wrong):
    """A mistake in the file is named at the start, not met by a customer."""
    with pytest.raises(ValidationError):
        Desk(**wrong)
