"""Which methods reach a place, and when an order of this moment would be there."""

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from shop.delivery_options import delivery_options
from shop.delivery_terms import load_delivery_terms

TERMS = load_delivery_terms(Path(__file__).parents[3] / "data/shop/delivery.yml")
MONDAY_NINE = datetime(2026, 6, 1, 7, tzinfo=UTC)  # nine o'clock in Berlin
SATURDAY_NOON = datetime(2026, 6, 6, 10, tzinfo=UTC)


def names(country: str, postcode: str = "", at: datetime = MONDAY_NINE) -> list[str]:
    """Returns the methods for a place, the fastest first."""
    return [each.name for each in delivery_options(country, postcode, TERMS, at)]


def test_the_place_decides():
    """Fast methods are for some postcodes, and a country beyond all of them has none."""
    slow = {"standard", "pick-up-point", "locker"}
    assert names("DE", "10115")[:3] == ["instant", "same-day", "express"]
    assert set(names("DE", "20259")) == {"express", *slow}
    assert names("DE", "04229")[:2] == ["drone", "robot"]
    assert names("FR") == ["standard"]
    assert names("CH", "8004") == ["cross-border"]
    assert names("US", "10115") == []


@pytest.mark.parametrize(
    ("at", "name", "days"),
    [
        (MONDAY_NINE, "same-day", (1, 1)),
        (MONDAY_NINE.replace(hour=9, minute=1), "same-day", (2, 2)),  # after eleven in Berlin
        (MONDAY_NINE, "express", (2, 2)),
        (MONDAY_NINE, "standard", (3, 5)),
        (SATURDAY_NOON, "express", (8, 8)),  # no parcels on Sundays
        (SATURDAY_NOON, "same-day", (8, 8)),
        (SATURDAY_NOON, "instant", (6, 6)),
    ],
)
def test_hours_and_weekdays_decide(at, name, days):
    """An order after the hour leaves on the next day on which parcels move."""
    found = {each.name: each for each in delivery_options("DE", "10115", TERMS, at)}
    earliest, latest = (date(2026, 6, day) for day in days)
    assert (found[name].earliest, found[name].latest) == (earliest, latest)


def test_what_comes_within_minutes_says_so():
    """It has its hours and no days."""
    instant = delivery_options("DE", "10115", TERMS, MONDAY_NINE)[0]
    assert instant.minutes
    assert (instant.minutes.at_least, instant.minutes.at_most) == (30, 60)
    assert (instant.order_from, instant.order_by) == (time(9), time(20))
