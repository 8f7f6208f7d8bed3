"""What customs will probably take for goods that cross a border, and what it may want to see."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shop.delivery_terms import DeliveryTerms, Duty
from shop.model import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEstimate:
    """An estimate in the shop's currency; a real bill may differ."""

    country: str
    value: Money  # of the goods
    duty: Money
    tax: Money
    handling: Money  # what the carrier asks for paying in advance
    papers: tuple[str, ...]  # codes

    @property
    def total(self) -> Money:
        """All that comes on top of the price."""
        minor = self.duty.minor + self.tax.minor + self.handling.minor
        return Money(minor, self.value.currency)


def estimate_duty(
    goods: Iterable[tuple[str, int]], country: str, terms: DeliveryTerms
) -> DutyEstimate | None:
    """Returns what is to be expected; None for a country that is not in the shop's rate table.

    Args:
        goods: category and value in minor units of each.
        country: ISO 3166-1 alpha-2.
        terms: with the rate table.
    """
    rates = terms.duties.get(country)
    if rates is None:
        return None
    known = list(goods)
    value = sum(minor for _, minor in known)
    duty = _duty(known, value, rates)
    tax = _percent(value + duty, rates.tax_percent)
    tax = tax if tax > rates.tax_free_up_to_minor else 0
    handling = rates.handling_minor if duty + tax else 0
    value_, duty_, tax_, handling_ = (
        Money(minor, terms.currency) for minor in (value, duty, tax, handling)
    )
    return DutyEstimate(
        country=country,
        value=value_,
        duty=duty_,
        tax=tax_,
        handling=handling_,
        papers=rates.papers,
    )


def _duty(goods: Iterable[tuple[str, int]], value: int, rates: Duty) -> int:
    if value <= rates.duty_free_up_to_minor:
        return 0
    return sum(
        _percent(minor, rates.duty_by_category.get(category, rates.duty_percent))
        for category, minor in goods
    )


def _percent(minor: int, percent: Decimal) -> int:
    return int((minor * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
