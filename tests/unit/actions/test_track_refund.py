"""Customers are told where their money is, and how far what they sent back has come."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.model import Action, ChangeStatus, Money, OrderChange, Payment, Transfer


@pytest.fixture
def keep(shop):
    """Keeps an order."""

    async def keep(order) -> None:
        async with shop.records() as records:
            await records.orders.save([order])

    return keep


@pytest.fixture
def returned(delivered_order, noon) -> OrderChange:
    """A return whose goods are not there yet."""
    return OrderChange(
        reference="R-1",
        action=Action.RETURN_ITEMS,
        at=noon - timedelta(days=2),
        status=ChangeStatus.REQUESTED,
        transfers=(Transfer("visa", Money(-3990, "EUR")),),
    )


async def test_a_return_that_waits_for_its_goods_says_so(known, keep, delivered_order, returned):
    """With the amount, the day and where the money goes."""
    await keep(replace(delivered_order, changes=(returned,)))
    said = await known.writes("refund status?")
    assert "Order SK-1003: your return of Saturday, May 2, 2026 is registered" in said
    assert "€39.90 goes back to Visa 4242" in said
    assert known.choices == []


async def test_goods_that_are_there_say_how_long_the_money_takes(
    known, keep, delivered_order, returned
):
    """By the policy's days for a card."""
    received = replace(returned, status=ChangeStatus.RECEIVED)
    await keep(replace(delivered_order, changes=(received,)))
    assert "up to 7 working days" in await known.writes("refund?")


@pytest.mark.parametrize(("days", "is_late"), [(1, False), (30, True)])
async def test_money_that_is_late_brings_a_person(known, keep, open_order, noon, *, days, is_late):
    """Once the last day is over a colleague is offered, before it is not."""
    paid = Payment(at=noon - timedelta(days=days), method_id="visa", amount=Money(-7980, "EUR"))
    await keep(replace(open_order, payments=(*open_order.payments, paid)))
    said = await known.writes("refund of order SK-1002?")
    assert "we sent €79.80 back to Visa 4242" in said
    assert ("a colleague looks into it" in said) is is_late
    assert known.choices == (["Talk to a person"] if is_late else [])


async def test_an_exchange_that_waits_is_told_too(known, keep, delivered_order, returned):
    """No money moves, and yet it is on its way."""
    exchange = replace(returned, action=Action.EXCHANGE_ITEMS, transfers=())
    await keep(replace(delivered_order, changes=(exchange,)))
    assert "your exchange of Saturday" in await known.writes("refund or exchange, where is it")


async def test_without_any_refund_what_can_be_done_is_offered(known):
    """Nothing is promised."""
    assert "no refund on its way" in await known.writes("refund status")
    assert known.choices == ["Return items", "Cancel the order", "Talk to a person"]
