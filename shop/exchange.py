"""Amounts in another currency, for information: customers pay in the shop's."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_currency_precision

from shop.delivery_terms import DeliveryTerms
from shop.model import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """About how much it is, at the rate of a day."""

    amount: Money
    day: date


def convert(amount: Money, currency: str, terms: DeliveryTerms) -> Converted | None:
    """Returns an amount of the shop's currency in another; None where no rate is known."""
    exchange = terms.exchange
    is_foreign = amount.currency == terms.currency != currency
    if exchange is None or not is_foreign or currency not in exchange.rates:
        return None
    shift = get_currency_precision(currency) - get_currency_precision(amount.currency)
    minor = (amount.minor * exchange.rates[currency]).scaleb(shift)
    rounded = int(minor.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Converted(amount=Money(rounded, currency), day=exchange.day)
