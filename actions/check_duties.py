"""What customs will probably take for an order: an estimate from the shop's rate table."""

import re
from collections.abc import Iterator

from babel.numbers import get_territory_currencies
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.agenda.view import View, view
from actions.ask_policy import AskPolicy
from actions.dialogue import locale, message
from actions.resolve import which_destination, which_orders
from actions.wording import country_name, day
from shop.duties import DutyEstimate, estimate_duty
from shop.exchange import convert
from shop.model import Money, Order
from shop.prices import price

_AMOUNT = re.compile(
    r"(?:€|eur(?:os?)?)\s?(\d[\d.,]*)|(\d[\d.,]*)\s?(?:€|euros?\b|eur\b)", re.IGNORECASE
)
_EXAMPLE = 10_000  # minor units, where nothing is said of the value


class CheckDuties(AskPolicy):
    """Estimates for an order of the customer's, or for a country; else reads out what the documents say."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_check_duties"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with the estimate and what it consists of."""
        text, terms = message(tracker) or "", self.services.shop.delivery
        place = which_destination(text, home_country=terms.home_country)
        seen = await view(tracker.sender_id, locale(tracker), self.services)
        order = _order(text, seen) if seen and place is None else None
        country = order.address.country if order else place.country if place else ""
        goods = _goods(order, seen) if order and seen else [("", _value(text))]
        estimate = estimate_duty(goods, country, terms)
        if _is_from(order, country):
            name = country_name(country, locale(tracker))
            dispatcher.utter_message(response="utter_no_duty", country=name)
        elif estimate:
            dispatcher.utter_message(text=" ".join(self._said(estimate, locale(tracker))))
        elif any(country in method.countries for method in terms.methods.values()):
            name = country_name(country, locale(tracker))
            dispatcher.utter_message(response="utter_no_duty", country=name)
        else:
            return await super().answer(dispatcher, tracker)
        return []

    def _said(self, found: DutyEstimate, locale: str) -> Iterator[str]:
        say = self.services.wording.say
        names = ("value", "duty", "tax", "handling", "total")
        amounts = {name: price(getattr(found, name), locale) for name in names}
        country = country_name(found.country, locale)
        if not found.total.minor:
            yield say("utter_duty_free", country=country, **amounts)
        else:
            yield say("utter_duty", country=country, **amounts)
            yield from self._converted(found.total, found.country, locale)
        if found.papers:
            papers = [self.services.wording.named("utter_paper", each) for each in found.papers]
            yield say("utter_papers", papers=self.services.wording.listed(papers))

    def _converted(self, amount: Money, country: str, locale: str) -> Iterator[str]:
        """Yields the amount in the country's own currency, with the day of the rate."""
        currencies = get_territory_currencies(country, self.services.clock().date())
        for currency in currencies[:1]:
            if found := convert(amount, currency, self.services.shop.delivery):
                yield self.services.wording.say(
                    "utter_converted",
                    amount=price(found.amount, locale),
                    day=day(found.day, locale),
                )


def _order(text: str, seen: View) -> Order | None:
    """Returns the order that is asked about, or the latest that crosses a border."""
    zone = seen.customer.time_zone
    meant = which_orders(text, seen.orders, seen.now, meaning=seen.meaning, time_zone=zone).chosen
    abroad = (each for each in seen.orders if each.address.country in seen.delivery.duties)
    return meant[0] if len(meant) == 1 else next(abroad, None)


def _goods(order: Order, seen: View) -> list[tuple[str, int]]:
    return [
        (
            seen.products[line.product_id].category if line.product_id in seen.products else "",
            line.price.minor * line.quantity,
        )
        for line in order.lines
    ]


def _is_from(order: Order | None, country: str) -> bool:
    """Tells whether all of an order is sent within the country."""
    return bool(order and order.parcels) and all(
        parcel.sent_from == country for parcel in (order.parcels if order else ())
    )


def _value(text: str) -> int:
    """Returns the value of the goods that a text speaks of, in minor units."""
    match = _AMOUNT.search(text)
    if match is None:
        return _EXAMPLE
    digits = re.sub(r"[.,](?=\d{3}\b)", "", match.group(1) or match.group(2)).rstrip(".,")
    return round(float(digits.replace(",", ".")) * 100)
