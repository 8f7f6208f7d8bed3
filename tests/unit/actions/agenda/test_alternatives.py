"""What is wanted if something cannot be had, or whichever of two is possible, is kept and done."""

from dataclasses import replace

from shop.model import Action, OrderStatus


async def test_of_cancel_or_return_each_order_gets_what_it_allows(known, stored):
    """What is not sent yet is cancelled, what has arrived goes back."""
    await known.writes("I want to cancel or return the kettles, I changed my mind")
    if "Why do you want to cancel" in "\n".join(each.text for each in known.said):
        await known.writes("other")
    done = await known.writes("yes")
    assert "order SK-1002 is cancelled" in done
    assert "I would register this return from order SK-1003" in done
    await known.writes("yes")
    assert (await stored("SK-1002")).status is OrderStatus.CANCELLED
    (change,) = (await stored("SK-1003")).changes
    assert change.action is Action.RETURN_ITEMS


async def test_what_cannot_be_had_gives_way_to_what_is_wanted_instead(known):
    """The order is on its way, so it cannot be cancelled, and the refusal is said first."""
    said = await known.writes(
        "cancel order SK-1001. If that is not possible, return the kettle in SK-1003, it is faulty"
    )
    assert "I have noted the cancellation and the return" in said
    assert "your order is on its way, so that is not possible" in said
    assert "I would register this return from order SK-1003" in said


async def test_what_was_done_needs_nothing_instead(known, stored):
    """The fallback is dropped with the request that it was for."""
    await known.writes(
        "cancel order SK-1002, ordered by mistake. Otherwise return the kettle in SK-1003"
    )
    done = await known.writes("yes")
    assert "order SK-1002 is cancelled" in done
    assert "return" not in done
    assert not known.agenda.requests


async def test_what_nobody_is_sure_of_is_left_and_said(known):
    """It is told that it is left, and the sure request goes on."""
    said = await known.writes(
        "cancel order SK-1002, ordered by mistake. Also check whether I could return the kettle, "
        "but I'm not sure yet"
    )
    assert "not sure yet about the return" in said
    assert len(known.agenda.requests) == 1


async def test_a_correction_may_name_another_order(known, shop, delivered_order):
    """Its things take the place of those that were taken for meant."""
    async with shop.records() as records:
        await records.orders.save([replace(delivered_order, number="SK-1004")])
    await known.writes("return the kettle in SK-1003, it is faulty")
    shown = await known.writes("no, only the kettle of order SK-1004")
    assert "I would register this return from order SK-1004" in shown


async def test_where_something_is_does_not_tell_what_a_request_is_about(known):
    """The order whose parcel is asked for is not the one that shall go elsewhere."""
    said = await known.writes(
        "change the address of the order to 5 Elm Road, Berlin 10999. Track my delivered order"
    )
    assert "SK-1002" in said
