"""By which methods an order can come to a place, and when it would be there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shop.action_rules import Bounds
from shop.delivery_terms import DeliveryTerms, Method
from shop.model import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One method for an order that is placed now. Days and hours are those of the shop's time zone."""

    name: str
    method: Method
    minimum: Money
    price: Money
    leaves_on: date  # today, unless it is too late for that
    earliest: date
    latest: date
    minutes: Bounds | None  # from the moment at which it leaves
    order_from: time | None
    order_by: time | None


def delivery_options(
    country: str, postcode: str, terms: DeliveryTerms, now: datetime
) -> tuple[Option, ...]:
    """Returns the methods that reach a place, the fastest first; none if nothing does.

    Args:
        country: ISO 3166-1 alpha-2.
        postcode: may be empty, then methods for certain postcodes only are left out.
        terms: the shop's.
        now: the moment of the order.
    """
    found = [
        _option(name, method, country, terms, now)
        for name, method in terms.methods.items()
        if method.reaches(country, postcode)
    ]
    return tuple(sorted(found, key=lambda each: (each.latest, each.minutes is None, each.earliest)))


def _option(name: str, method: Method, country: str, terms: DeliveryTerms, now: datetime) -> Option:
    leaves_on = _leaves_on(method, now.astimezone(ZoneInfo(terms.time_zone)))
    days = method.days_by_country.get(country) or method.days or Bounds(at_least=0, at_most=0)
    return Option(
        name=name,
        method=method,
        minimum=Money(method.minimum_minor, terms.currency),
        price=Money(method.price_minor, terms.currency),
        leaves_on=leaves_on,
        earliest=_come_on(method, leaves_on + timedelta(days=days.at_least)),
        latest=_come_on(method, leaves_on + timedelta(days=days.at_most)),
        minutes=method.minutes,
        order_from=method.order_from,
        order_by=method.order_by,
    )


def _leaves_on(method: Method, local: datetime) -> date:
    """Returns the day on which an order of this moment is sent off."""
    is_late = method.order_by is not None and local.time() > method.order_by
    return _come_on(method, local.date() + timedelta(days=is_late))


def _come_on(method: Method, day: date) -> date:
    """Returns the day, or the next on which this method's parcels move."""
    return next(each for each in _days_from(day) if method.moves_on(each))


def _days_from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)
