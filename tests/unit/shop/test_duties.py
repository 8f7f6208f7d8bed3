"""What customs will probably take, and amounts in another currency."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shop.delivery_terms import DeliveryTerms, Duty, Exchange, load_delivery_terms
from shop.duties import estimate_duty
from shop.exchange import convert
from shop.model import Money

DEMO = load_delivery_terms(Path(__file__).parents[3] / "data/shop/delivery.yml")
TERMS = DeliveryTerms(
    duties={
        "XA": Duty(
            duty_percent=Decimal(10),
            duty_by_category={"Books": Decimal(0)},
            duty_free_up_to_minor=5000,
            tax_percent=Decimal("7.5"),
            tax_free_up_to_minor=100,
            handling_minor=900,
            papers=("invoice",),
        )
    },
    exchange=Exchange(day=date(2026, 5, 4), rates={"GBP": Decimal("0.875"), "JPY": Decimal(160)}),
)


@pytest.mark.parametrize(
    ("goods", "duty", "tax", "handling"),
    [
        ([("Home", 10_000)], 1000, 825, 900),
        ([("Home", 10_000), ("Books", 1_000)], 1000, 900, 900),
        ([("Home", 5_000)], 0, 375, 900),  # as much as is free of duty
        ([("Home", 1_300)], 0, 0, 0),  # 98 of tax is not taken, so nothing is handled
        ([], 0, 0, 0),
    ],
)
def test_the_parts_add_up(goods, duty, tax, handling):
    """Tax is taken of goods and duty; free amounts are free."""
    found = estimate_duty(goods, "XA", TERMS)
    assert found is not None
    assert (found.duty.minor, found.tax.minor, found.handling.minor) == (duty, tax, handling)
    assert found.total == Money(duty + tax + handling, "EUR")
    assert found.papers == ("invoice",)


def test_nothing_is_estimated_where_nothing_is_known():
    """A country that is not in the table has no estimate."""
    assert estimate_duty([("Home", 10_000)], "US", TERMS) is None
    assert DEMO.duties.keys() == {"CH", "GB", "NO"}


def test_amounts_are_converted_at_the_rate_of_a_day():
    """Minor units are those of the other currency; an unknown one is not guessed."""
    pounds = convert(Money(1001, "EUR"), "GBP", TERMS)
    assert pounds is not None
    assert (pounds.amount, pounds.day) == (Money(876, "GBP"), date(2026, 5, 4))
    yen = convert(Money(1000, "EUR"), "JPY", TERMS)
    assert yen is not None
    assert yen.amount == Money(1600, "JPY")
    assert convert(Money(1000, "EUR"), "USD", TERMS) is None
    assert convert(Money(1000, "EUR"), "EUR", TERMS) is None
    assert convert(Money(1000, "USD"), "GBP", TERMS) is None
    assert convert(Money(1000, "EUR"), "GBP", DeliveryTerms()) is None
