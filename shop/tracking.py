"""Asks the carriers how parcels fare, and keeps what they tell."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shop.errors import CarrierUnavailable
from shop.model import EventCode, Order, OrderStatus, Parcel
from shop.ports import Carriers, Shop
from shop.sighting import Sighting

_OVER = {EventCode.DELIVERED, EventCode.RETURNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """An order with the latest events, and what its carriers tell beyond them, by parcel."""

    order: Order
    sightings: Mapping[str, Sighting]


async def follow(order: Order, *, shop: Shop, carriers: Carriers) -> Followed:
    """Returns how the parcels of an order fare now; what is new is kept.

    Where a carrier does not answer, what was kept before holds.
    """
    sightings = {}
    for parcel in order.parcels:
        if not _is_over(parcel):
            try:
                sightings[parcel.id] = await carriers.look_up(parcel)
            except CarrierUnavailable:
                continue
    if with_news(order, sightings) == order:
        return Followed(order=order, sightings=sightings)
    async with shop.records() as records:
        kept = with_news(await records.orders.find(order.number) or order, sightings)
        await records.orders.save([kept])
    return Followed(order=kept, sightings=sightings)


def with_news(order: Order, sightings: Mapping[str, Sighting]) -> Order:
    """Returns an order with the events that were seen; with its last parcel it is delivered."""
    parcels = tuple(_with_events(parcel, sightings.get(parcel.id)) for parcel in order.parcels)
    is_there = bool(parcels) and all(_is_delivered(parcel) for parcel in parcels)
    is_due = order.status in {OrderStatus.PROCESSED, OrderStatus.SHIPPED}
    status = OrderStatus.DELIVERED if is_there and is_due else order.status
    return replace(order, parcels=parcels, status=status)


def _with_events(parcel: Parcel, sighting: Sighting | None) -> Parcel:
    is_newer = sighting is not None and len(sighting.events) > len(parcel.events)
    return replace(parcel, events=sighting.events) if sighting and is_newer else parcel


def _is_over(parcel: Parcel) -> bool:
    return bool(parcel.events) and parcel.events[-1].code in _OVER


def _is_delivered(parcel: Parcel) -> bool:
    return bool(parcel.events) and parcel.events[-1].code is EventCode.DELIVERED
