"""Prices and days are written for the customer, and values are never read as templates."""

from datetime import UTC, datetime

import pytest

from actions.wording import Wording, day
from shop.model import EventCode, Money, OrderStatus
from shop.prices import price


@pytest.mark.parametrize(
    ("amount", "locale", "written"),
    [
        (Money(1299, "EUR"), "en", "€12.99"),
        (Money(1299, "EUR"), "de-DE", "12,99\xa0€"),
        (Money(1299, "JPY"), "en", "¥1,299"),
        (Money(-500, "USD"), "en_US", "-$5.00"),
        (Money(1299, "EUR"), "no such locale", "€12.99"),
        (Money(1299, "EUR"), "xx-YY", "€12.99"),
    ],
)
def test_amounts_are_written_for_the_locale(amount, locale, written):
    """Minor units differ by currency; an unknown locale is read as English."""
    assert price(amount, locale) == written


def test_days_are_written_for_the_locale():
    """In full, because a bare number means another day elsewhere."""
    assert day(datetime(2026, 5, 4, tzinfo=UTC), "de") == "Montag, 4. Mai 2026"


def test_braces_in_a_value_stay_braces():
    """A product may be called {order_number}."""
    wording = Wording({"utter_x": "Found {title}"})
    assert wording.say("utter_x", title="{order_number}") == "Found {order_number}"


@pytest.mark.parametrize("status", OrderStatus)
def test_every_order_status_has_words(wording, status):
    """A label for the card and a sentence for the text."""
    assert wording.say(f"utter_status_{status}")
    assert "SK-1" in wording.say(f"utter_order_{status}", number="SK-1")


@pytest.mark.parametrize("code", EventCode)
def test_every_parcel_event_has_words(wording, code):
    """Whatever a carrier reports can be shown."""
    assert wording.say(f"utter_parcel_{code.replace('-', '_')}")
