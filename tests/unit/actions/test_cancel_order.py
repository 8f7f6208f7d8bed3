"""An order is cancelled after a yes to exactly what was shown, and not before."""

import pytest

from shop.model import OrderStatus


async def test_it_is_shown_then_done(known, stored):
    """The reason is asked for, the refund is named, and the report has a reference."""
    assert "Why do you want to cancel order SK-1002" in await known.writes("cancel my order")
    shown = await known.writes("ordered by mistake")
    assert "€79.80 back to Visa 4242" in shown
    assert known.choices == ["Yes", "No, change something", "Forget it"]
    assert (await stored("SK-1002")).status is OrderStatus.PENDING
    done = await known.writes("yes please")
    assert "order SK-1002 is cancelled" in done
    assert "reference is R-" in done
    assert (await stored("SK-1002")).status is OrderStatus.CANCELLED


async def test_what_was_said_at_once_is_not_asked_for(known):
    """Number and reason stand in the first message."""
    shown = await known.writes("cancel order SK-1002, it was ordered by mistake")
    assert "Reason: ordered by mistake" in shown


@pytest.mark.parametrize(
    "answer", ["yes but the reason is that it takes too long", "is that free?", "no", "hm"]
)
async def test_anything_but_a_plain_yes_does_nothing(known, stored, answer):
    """A change, a question and a no leave the order as it is."""
    await known.writes("cancel order SK-1002, it was ordered by mistake")
    await known.writes(answer)
    assert (await stored("SK-1002")).status is OrderStatus.PENDING


async def test_a_change_is_shown_before_it_counts(known, stored):
    """The yes belongs to the summary that stands last."""
    await known.writes("cancel order SK-1002, it was ordered by mistake")
    assert "it takes too long" in await known.writes("yes but because it takes too long")
    await known.writes("yes")
    assert (await stored("SK-1002")).changes[-1].reason == "takes-too-long"


async def test_a_sent_order_is_refused_with_what_is_possible(known, stored):
    """The refusal has its fact, and buttons lead on."""
    said = await known.writes("cancel order SK-1003, it was ordered by mistake")
    assert "your order is delivered, so that is not possible" in said
    assert known.choices == ["Exchange items", "Return items", "Report a problem with the delivery"]
    assert known.agenda.requests == []


async def test_forgetting_it_ends_it(known, stored):
    """Nothing is done and nothing is left open."""
    await known.writes("cancel my order")
    assert "I cancel nothing" in await known.writes("never mind")
    assert known.agenda.requests == []
