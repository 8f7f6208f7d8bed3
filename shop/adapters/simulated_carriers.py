"""The carriers of the demo shop: they tell what its files say, and bring what is on its last metres.

What they tell depends on the parcel and the time alone, so that a demo can be shown twice.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from shop.delivery_terms import DeliveryTerms
from shop.model import EventCode, Parcel, TrackingEvent
from shop.ports import Clock
from shop.sighting import Courier, Sighting

_METRES_A_MINUTE = 240
_MINUTES_A_STOP = 7
_LATE_FROM = 5  # last digit of the tracking number from which the courier is late
_MINUTES_A_DIGIT = 6


class SimulatedCarriers:
    """Couriers who ride from the shop to the door in a straight line."""

    def __init__(self, terms: DeliveryTerms, clock: Clock) -> None:
        self._terms = terms
        self._clock = clock

    async def look_up(self, parcel: Parcel) -> Sighting:
        """Returns the parcel's events; of one that is brought within the hour, where it is."""
        arrives_at = self._arrival(parcel)
        if arrives_at is None:
            return Sighting(events=parcel.events)
        left = arrives_at - self._clock()
        if left <= timedelta():
            return Sighting(events=(*parcel.events, _handed_over(parcel, arrives_at)))
        minutes = left // timedelta(minutes=1) + 1
        courier = Courier(
            distance_m=minutes * _METRES_A_MINUTE,
            stops_before=minutes // _MINUTES_A_STOP,
            arrives_at=arrives_at,
        )
        return Sighting(events=parcel.events, courier=courier)

    def _arrival(self, parcel: Parcel) -> datetime | None:
        """Returns when a courier who is on the way will be there."""
        method = self._terms.methods.get(parcel.method)
        is_quick = method is not None and method.minutes is not None
        is_near = bool(parcel.events) and parcel.events[-1].code is EventCode.OUT_FOR_DELIVERY
        if not (is_quick and is_near and parcel.promised_at):
            return None
        late = max(int(parcel.tracking_number[-1]) - _LATE_FROM + 1, 0) * _MINUTES_A_DIGIT
        return parcel.promised_at + timedelta(minutes=late - 1)


def _handed_over(parcel: Parcel, at: datetime) -> TrackingEvent:
    return replace(parcel.events[-1], at=at, code=EventCode.DELIVERED, text="Handed over")
