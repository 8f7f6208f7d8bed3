"""How an order's delivery fares, in sentences: whether it is in time, what holds it up, where it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from actions.wording import Wording, clock_time, country_name, day, distance, duration
from shop.delivery import Assessment, DeliveryState, assess_order, most_pressing
from shop.delivery_terms import DeliveryTerms, Way
from shop.hand_over import waits_until
from shop.model import Order, Parcel
from shop.sighting import Courier, Sighting
from shop.tracking import Followed

_OFFERS = {
    DeliveryState.LATE: "report_delivery_problem",
    DeliveryState.STUCK: "report_delivery_problem",
    DeliveryState.LOST: "report_delivery_problem",
    DeliveryState.HELD_UP: "report_delivery_problem",
    DeliveryState.AT_CUSTOMS: "report_delivery_problem",
    DeliveryState.ATTEMPT_FAILED: "reschedule_delivery",
    DeliveryState.READY_FOR_PICKUP: "get_hand_over_code",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryNews:
    """The parcel that matters most, with what is said of it."""

    assessment: Assessment
    sentences: tuple[str, ...]

    @property
    def offer(self) -> str | None:
        """The intent by which the customer can have something done about it."""
        return _OFFERS.get(self.assessment.state)


def delivery_news(
    followed: Followed, terms: DeliveryTerms, now: datetime, wording: Wording, locale: str
) -> DeliveryNews | None:
    """Returns the news of the parcel that matters most; None where there is none to come."""
    order = followed.order
    to_come = [
        each
        for each in assess_order(order, terms, now)
        if each.is_under_way or each.state is DeliveryState.READY_FOR_PICKUP
    ]
    assessment = most_pressing(to_come)
    if assessment is None:
        return None
    sighting = followed.sightings.get(assessment.parcel.id)
    said = _Sentences(order, terms, wording, locale).of(assessment, sighting)
    return DeliveryNews(assessment=assessment, sentences=tuple(said))


@dataclass(frozen=True, slots=True)
class _Sentences:
    order: Order
    terms: DeliveryTerms
    wording: Wording
    locale: str

    def of(self, one: Assessment, sighting: Sighting | None) -> Iterator[str]:
        """Yields what is said of a parcel."""
        say, parcel = self.wording.say, one.parcel
        courier = sighting.courier if sighting else None
        if courier:
            yield self._courier(parcel, courier)
        if not courier or one.state is not DeliveryState.ON_TIME:
            yield say(f"utter_fares_{one.state.replace('-', '_')}", **self._facts(one))
        if parcel.sent_from and parcel.sent_from == self.order.address.country:
            country = country_name(parcel.sent_from, self.locale)
            yield say("utter_sent_from_there", country=country)
        if point := self.terms.pick_up_point(parcel.pick_up_point):
            yield say("utter_goes_to_pick_up_point", place=point.name)
        if parcel.hand_over_code:
            yield say("utter_code_can_be_had")

    def _facts(self, one: Assessment) -> dict[str, str]:
        until = waits_until(one.parcel, self.terms)
        promised = self.terms.day(one.promised_at) if one.promised_at else None
        return {
            "promised": day(promised, self.locale) if promised else "",
            "late": duration(one.late_by, self.locale),
            "silent": duration(one.silent_for, self.locale),
            "until": day(until, self.locale) if until else "",
            "customs_days": str(self.terms.carrier(one.parcel.carrier).customs_days),
        }

    def _courier(self, parcel: Parcel, courier: Courier) -> str:
        """Tells where the rider, the drone or the robot is, and when it will be there."""
        method = self.terms.methods.get(parcel.method)
        way = method.way if method else Way.DOOR
        arrives_at = courier.arrives_at.astimezone(ZoneInfo(self.terms.time_zone))
        return self.wording.say(
            f"utter_courier_{way}",
            distance=distance(courier.distance_m, self.locale),
            time=clock_time(arrives_at, self.locale),
        )
