"""What carriers tell is shown and kept; where they do not answer, what was kept holds."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shop.adapters.memory import MemoryShop
from shop.adapters.simulated_carriers import SimulatedCarriers
from shop.delivery_terms import load_delivery_terms
from shop.errors import CarrierUnavailable
from shop.model import EventCode, Order, OrderStatus, Parcel, TrackingEvent
from shop.sighting import Sighting
from shop.tracking import follow

TERMS = load_delivery_terms(Path(__file__).parents[3] / "data/shop/delivery.yml")


class ToldCarriers:
    """Tell what the test says, or do not answer."""

    def __init__(self, **told: tuple[TrackingEvent, ...]) -> None:
        self.told = told
        self.asked: list[str] = []

    async def look_up(self, parcel: Parcel) -> Sighting:
        """Returns what was put in for the parcel."""
        self.asked.append(parcel.id)
        if parcel.id not in self.told:
            raise CarrierUnavailable
        return Sighting(events=self.told[parcel.id])


def event(at: datetime, code: EventCode) -> TrackingEvent:
    """Returns an event."""
    return TrackingEvent(at=at, code=code, text="x")


async def stored(shop: MemoryShop) -> Order:
    """Returns the order as it is kept."""
    async with shop.snapshot() as records:
        kept = await records.orders.find("SK-1001")
    assert kept is not None
    return kept


async def test_new_events_are_kept(shop: MemoryShop, order: Order, noon):
    """The order is on its way until its last parcel is there, and then delivered."""
    events = (*order.parcels[0].events, event(noon, EventCode.DELIVERED))
    carriers = ToldCarriers(p1=events)
    found = await follow(order, shop=shop, carriers=carriers)
    assert found.order.parcels[0].events == events
    assert found.order.status is OrderStatus.SHIPPED
    assert await stored(shop) == found.order
    carriers.told["p2"] = (event(noon, EventCode.DELIVERED),)
    found = await follow(found.order, shop=shop, carriers=carriers)
    assert found.order.status is (await stored(shop)).status is OrderStatus.DELIVERED
    assert carriers.asked == ["p1", "p2", "p2"]  # what is there is not asked about again


async def test_a_silent_carrier_changes_nothing(shop: MemoryShop, order: Order):
    """What was kept holds, and fewer events than that are no news."""
    assert (await follow(order, shop=shop, carriers=ToldCarriers())).order == order
    fewer = ToldCarriers(p1=order.parcels[0].events[:1])
    assert (await follow(order, shop=shop, carriers=fewer)).order == order
    assert await stored(shop) == order


@pytest.fixture
def ride(order: Order, noon) -> Parcel:
    """A parcel that a rider promised in 20 minutes; by its number he comes a minute before."""
    left = event(noon - timedelta(minutes=10), EventCode.OUT_FOR_DELIVERY)
    return replace(
        order.parcels[0],
        method="instant",
        tracking_number="CR0",
        promised_at=noon + timedelta(minutes=20),
        events=(left,),
    )


async def test_the_rider_comes_nearer_and_arrives(ride: Parcel, clock, noon):
    """The same minute tells the same, a later one a shorter way, and then the hand-over."""
    carriers = SimulatedCarriers(TERMS, clock)
    first = await carriers.look_up(ride)
    assert first == await carriers.look_up(ride)
    assert first.courier
    assert first.courier.arrives_at == noon + timedelta(minutes=19)
    assert first.courier.stops_before == 2
    clock.move(minutes=15)
    later = await carriers.look_up(ride)
    assert later.courier
    assert later.courier.distance_m < first.courier.distance_m
    clock.move(minutes=10)
    there = await carriers.look_up(ride)
    assert there.courier is None
    assert (there.events[-1].code, there.events[-1].at) == (
        EventCode.DELIVERED,
        first.courier.arrives_at,
    )


async def test_some_riders_are_late(ride: Parcel, clock, noon):
    """The tracking number decides, so that the demo can show both."""
    late = replace(ride, tracking_number="CR9")
    found = await SimulatedCarriers(TERMS, clock).look_up(late)
    assert found.courier
    assert found.courier.arrives_at == noon + timedelta(minutes=20 + 29)


async def test_others_tell_what_is_kept(order: Order, clock):
    """A van is not followed by the minute."""
    parcel = order.parcels[0]
    assert await SimulatedCarriers(TERMS, clock).look_up(parcel) == Sighting(events=parcel.events)
