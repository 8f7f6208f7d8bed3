"""A bad delivery is told of, looked up in the carriers' word, and settled after a yes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.model import EventCode, OrderStatus, TrackingEvent


@pytest.fixture
def parcel_with(shop, stored, noon):
    """Gives Ada's order one parcel: its last event and its promise so many hours from now."""

    async def parcel_with(code: EventCode, hours: float, promised: float) -> None:
        order = await stored("SK-1001")
        events = tuple(
            TrackingEvent(at=noon + timedelta(hours=at), code=each, text="x")
            for each, at in ((EventCode.PICKED_UP, hours - 1), (code, hours))
        )
        promise = noon + timedelta(hours=promised)
        one = replace(order.parcels[0], events=events, promised_at=promise)
        status = OrderStatus.DELIVERED if code is EventCode.DELIVERED else OrderStatus.SHIPPED
        async with shop.records() as records:
            await records.orders.save([replace(order, parcels=(one,), status=status)])

    return parcel_with


async def test_a_damaged_piece_is_sent_again(known, stored, parcel_with):
    """What is wrong is read out of the words; what can be done is offered, best first."""
    await parcel_with(EventCode.DELIVERED, -25, -24)
    said = await known.writes("report order SK-1001, 1 kettle arrived broken")
    assert "What would you like me to do?" in said
    assert known.choices == ["Send it again", "Get €39.90 back", "Talk to a person"]
    shown = await known.writes("Send it again")
    assert "We send this again, at no cost to you" in shown
    assert "Kettle Étna (red)" in shown
    assert "Reason: something is damaged" in shown
    done = await known.writes("yes")
    assert "Done: I have noted the problem with order SK-1001. We send it again." in done
    (change,) = (await stored("SK-1001")).changes
    assert (change.reason, change.resolution) == ("damaged", "resend")


async def test_money_comes_back_the_way_it_was_paid(known, stored, parcel_with):
    """A lost parcel is paid back whole; the amount and the way are in the summary."""
    await parcel_with(EventCode.IN_TRANSIT, -250, -200)
    shown = await known.writes("report SK-1001 is lost, I want my money back")
    assert "You get €79.80 back to Visa 4242, within 3 to 7 working days." in shown
    assert "Reason: it seems to be lost" in shown
    await known.writes("yes")
    assert sum(each.amount.minor for each in (await stored("SK-1001")).payments) == 0


async def test_a_late_parcel_is_waited_for_first(known, stored, parcel_with):
    """Where only one thing can be done it is not asked for, and money is not yet possible."""
    await parcel_with(EventCode.IN_TRANSIT, -5, -24)
    shown = await known.writes("report SK-1001")
    assert "we wait until Tuesday, May 5, 2026" in shown
    said = await known.writes("no, I want a refund")
    assert "What I can do: wait a little longer" in said
    assert known.choices == ["Wait until Tuesday, May 5, 2026", "Talk to a person"]
    assert "shall I do exactly that" in await known.writes("ok, wait")
    await known.writes("yes")
    assert (await stored("SK-1001")).changes[0].resolution == "wait"


async def test_a_parcel_in_time_is_no_problem(known, stored):
    """The promised day is said, and nothing is done."""
    said = await known.writes("report SK-1001 is late")
    assert "Your parcel is on time: it should be there by Tuesday, May 5, 2026" in said
    assert (await stored("SK-1001")).changes == ()


async def test_what_is_wrong_is_asked_where_nothing_says_it(known, parcel_with):
    """For an order that has arrived there are five problems."""
    await parcel_with(EventCode.DELIVERED, -25, -24)
    assert "What is it?" in await known.writes("report order SK-1001")
    assert known.choices[0] == "It says delivered, but I have nothing"
    assert "ask the carrier to trace it" in await known.writes(known.choices[0])


async def test_a_complaint_beside_a_return_is_its_reason(known):
    """It is not a request of its own."""
    said = await known.writes("return the kettle from SK-1003. Report: it arrived broken")
    assert "noted" not in said
    assert [request.kind for request in known.agenda.requests] == ["return_item"]
