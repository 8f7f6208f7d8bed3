"""What goes wrong in a conversation makes the shop careful with it, for a while."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.caution import Caution, caution_in
from shop.claims import claim_order
from shop.codes import confirm_code
from shop.commands import CancelOrder
from shop.errors import CodeRefused, OrderNotFound
from shop.identity import sign_in
from shop.model import OrderStatus
from shop.service import perform, preview


@pytest.fixture
def points(shop, clock):
    """Tells how careful the shop is: seconds of pause, and whether a person is needed."""

    async def points(conversation="c") -> tuple[float, bool]:
        found: Caution = await caution_in(conversation, shop=shop, clock=clock)
        return found.pause.total_seconds(), found.needs_person

    return points


async def test_failed_claims_and_codes_add_up(shop, clock, points):
    """Four slow a conversation down, eight call a person, an hour forgets; no other suffers."""
    asked = {"conversation": "c", "shop": shop, "clock": clock}
    seen = []
    for number in range(4):
        with pytest.raises(OrderNotFound):
            await claim_order(f"SK-900{number}", "10115", **asked)
        with pytest.raises(CodeRefused):
            await confirm_code("000000", "x", secret=b"s", **asked)
        seen.append(await points())
    assert seen == [(0, False), (2, False), (2, False), (2, True)]
    assert await points("other") == (0, False)
    clock.move(minutes=61)
    assert await points() == (0, False)


async def test_refunds_of_the_customer_count(shop, clock, points, order):
    """In whatever conversation they were made, once the customer is known in this one."""
    numbers = ["SK-1001", "SK-1002"]
    async with shop.records() as records:
        await records.orders.save(
            replace(order, number=number, status=OrderStatus.PENDING, parcels=())
            for number in numbers
        )
    for number in numbers:
        asked = {"conversation": number, "shop": shop, "clock": clock}
        await sign_in("ada", until=clock() + timedelta(hours=1), conversation=number, shop=shop)
        command = CancelOrder(number, "no-longer-needed")
        plan = await preview(command, **asked)
        await perform(command, key="1", expected=plan.digest, **asked)
    assert await points("SK-1001") == (2, False)
    assert await points() == (0, False)


async def test_what_a_person_has_looked_at_counts_no_longer(shop, clock):
    """Who was handed back to the bot is not handed over at once again."""
    asked = {"conversation": "c", "shop": shop, "clock": clock}
    for number in range(4):
        with pytest.raises(OrderNotFound):
            await claim_order(f"SK-900{number}", "10115", **asked)
    clock.move(minutes=1)
    assert (await caution_in("c", shop=shop, clock=clock)).pause
    assert not (await caution_in("c", shop=shop, clock=clock, since=clock())).pause
