"""By which methods an order can come to a place, and until when: answered from the shop's own terms."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.ask_policy import AskPolicy
from actions.dialogue import locale, message
from actions.resolve import Destination, which_day, which_destination
from actions.wording import country_name, day
from shop.delivery_options import Option, delivery_options
from shop.prices import price


class DeliveryOptions(AskPolicy):
    """Names the methods for a place; what is asked in general, the shop's documents answer."""

    most: ClassVar[int] = 5

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_delivery_options"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers for the place and the day that are asked about."""
        text, terms = message(tracker) or "", self.services.shop.delivery
        place = which_destination(text, home_country=terms.home_country)
        if place is None or not terms.methods:
            return await super().answer(dispatcher, tracker)
        now = self.services.clock()
        options = delivery_options(place.country, place.postcode, terms, now)
        moment = which_day(text, now, time_zone=terms.time_zone)
        wanted = terms.day(moment) if moment else None
        said = self._answer(options, place, wanted, locale(tracker))
        dispatcher.utter_message(text="\n".join(said))
        return []

    def _answer(
        self, options: Sequence[Option], place: Destination, wanted: date | None, locale: str
    ) -> Iterator[str]:
        say = self.services.wording.say
        where = f"{place.postcode} {country_name(place.country, locale)}".strip()
        if not options:
            yield say("utter_no_delivery_there", place=where)
            return
        in_time = [each for each in options if wanted is None or each.latest <= wanted]
        if wanted is None:
            yield say("utter_delivery_there", place=where)
        else:
            response = "utter_delivery_in_time" if in_time else "utter_no_delivery_in_time"
            yield say(response, place=where, day=day(wanted, locale))
        for each in (in_time or options)[: self.most]:
            yield self._option(each, locale)
        is_home = place.country == self.services.shop.delivery.home_country
        if is_home and not place.postcode:
            yield say("utter_delivery_by_postcode")

    def _option(self, each: Option, locale: str) -> str:
        say = self.services.wording.say
        values = {
            "method": self.services.wording.named("utter_method", each.name),
            "price": price(each.price, locale) if each.price.minor else say("utter_included"),
            "minimum": price(each.minimum, locale),
            "first": day(each.earliest, locale),
            "last": day(each.latest, locale),
            "until": f"{each.order_by:%H:%M}" if each.order_by else "",
            "since": f"{each.order_from:%H:%M}" if each.order_from else "",
            "day": day(each.leaves_on, locale),
        }
        if each.minutes:
            values |= {"least": str(each.minutes.at_least), "most": str(each.minutes.at_most)}
            return say("utter_option_minutes", **values)
        if each.earliest != each.latest:
            return say("utter_option_days", **values)
        return say("utter_option_day_by" if each.order_by else "utter_option_day", **values)
