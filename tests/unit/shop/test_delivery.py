"""How a parcel fares follows from its promise, its last event and what is normal for its carrier."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shop.delivery import DeliveryState, assess, assess_order, most_pressing
from shop.delivery_terms import Carrier, DeliveryTerms
from shop.model import EventCode, Order, OrderStatus, Parcel, TrackingEvent

TERMS = DeliveryTerms(
    carriers={"DHL": Carrier(), "Hare": Carrier(silent_hours=10), "Sea": Carrier(customs_days=9)}
)


def parcel(now: datetime, *events: tuple[EventCode, float], carrier: str = "DHL") -> Parcel:
    """Returns a parcel with events so many hours ago."""
    told = tuple(
        TrackingEvent(at=now - timedelta(hours=hours), code=code, text="x")
        for code, hours in events
    )
    return Parcel(id="p", carrier=carrier, tracking_number="1", line_ids=("1",), events=told)


@pytest.mark.parametrize(
    ("last", "hours", "promised_in", "state"),
    [
        (EventCode.IN_TRANSIT, 5, 24, DeliveryState.ON_TIME),
        (EventCode.IN_TRANSIT, 72, 24, DeliveryState.ON_TIME),
        (EventCode.IN_TRANSIT, 73, 24, DeliveryState.STUCK),
        (EventCode.IN_TRANSIT, 5, -1, DeliveryState.LATE),
        (EventCode.IN_TRANSIT, 73, -1, DeliveryState.STUCK),
        (EventCode.IN_TRANSIT, 24 * 9, -24 * 7, DeliveryState.LOST),
        (EventCode.IN_TRANSIT, 24 * 9, -24 * 6, DeliveryState.STUCK),
        (EventCode.IN_TRANSIT, 24 * 6, -24 * 9, DeliveryState.STUCK),
        (EventCode.CUSTOMS, 70, -5, DeliveryState.AT_CUSTOMS),
        (EventCode.CUSTOMS, 100, 5, DeliveryState.STUCK),
        (EventCode.EXCEPTION, 5, 24, DeliveryState.HELD_UP),
        (EventCode.ATTEMPT_FAILED, 5, 24, DeliveryState.ATTEMPT_FAILED),
        (EventCode.OUT_FOR_DELIVERY, 2, 3, DeliveryState.ON_TIME),
        (EventCode.READY_FOR_PICKUP, 100, -90, DeliveryState.READY_FOR_PICKUP),
        (EventCode.DELIVERED, 1000, -1001, DeliveryState.DELIVERED),
        (EventCode.RETURNED, 5, -200, DeliveryState.SENT_BACK),
    ],
)
def test_the_state_follows_from_the_facts(noon, last, hours, promised_in, state):
    """Silence, the promise and the last event decide, in that order of weight."""
    one = parcel(noon, (EventCode.PICKED_UP, hours + 1), (last, hours))
    assert assess(one, noon + timedelta(hours=promised_in), TERMS, noon).state is state


@pytest.mark.parametrize(
    ("carrier", "code", "hours", "state"),
    [
        ("Hare", EventCode.IN_TRANSIT, 11, DeliveryState.STUCK),
        ("Sea", EventCode.CUSTOMS, 200, DeliveryState.AT_CUSTOMS),
        ("Unknown", EventCode.IN_TRANSIT, 71, DeliveryState.ON_TIME),
    ],
)
def test_each_carrier_has_its_own_norm(noon, carrier, code, hours, state):
    """What is long for one is usual for another; one that is not listed has the usual norm."""
    one = parcel(noon, (EventCode.PICKED_UP, 300), (code, hours), carrier=carrier)
    assert assess(one, noon + timedelta(days=1), TERMS, noon).state is state


@pytest.mark.parametrize("events", [(), ((EventCode.LABEL_CREATED, 200),)])
def test_a_parcel_that_has_not_left_is_being_packed_until_it_is_late(noon, events):
    """The carrier has nothing to do with it yet, so its silence means nothing."""
    one = parcel(noon, *events)
    assert assess(one, noon, TERMS, noon).state is DeliveryState.BEING_PACKED
    assert assess(one, noon - timedelta(1), TERMS, noon).state is DeliveryState.LATE


def test_how_late_counts_until_the_arrival(noon):
    """A parcel that came late stays as late as it was."""
    one = parcel(noon, (EventCode.PICKED_UP, 9), (EventCode.DELIVERED, 4))
    found = assess(one, noon - timedelta(hours=6), TERMS, noon)
    assert (found.late_by, found.is_under_way) == (timedelta(hours=2), False)


def test_an_order_is_as_pressing_as_its_worst_parcel(order: Order, noon):
    """A parcel without a promise of its own has the order's; a cancelled order has none to come."""
    stuck = parcel(noon, (EventCode.IN_TRANSIT, 90))
    both = assess_order(replace(order, parcels=(order.parcels[0], stuck)), TERMS, noon)
    assert [each.state for each in both] == [DeliveryState.ON_TIME, DeliveryState.STUCK]
    assert both[1].promised_at == order.promised_at
    assert most_pressing(both) is both[1]
    assert assess_order(replace(order, status=OrderStatus.CANCELLED), TERMS, noon) == ()
    assert most_pressing(()) is None
