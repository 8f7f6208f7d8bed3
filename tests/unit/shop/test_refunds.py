"""Where the money is, what an invoice says, and which orders are shown."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shop.adapters.memory import MemoryShop
from shop.errors import IdentityRequired
from shop.identity import claim_order, sign_in
from shop.invoices import get_invoice
from shop.model import (
    Action,
    ChangeStatus,
    IdentityLevel,
    Money,
    OrderChange,
    OrderStatus,
    Payment,
    Transfer,
)
from shop.orders import list_orders, track_order
from shop.refunds import RefundState, track_refunds
from shop.refusal import Refusal


@pytest.fixture
def asked(shop, clock) -> dict:
    """What every call takes."""
    return {"conversation": "c", "shop": shop, "clock": clock}


async def put(shop: MemoryShop, order) -> None:
    async with shop.records() as records:
        await records.orders.save([order])


async def test_refunds_that_were_made_say_when_they_show(shop, order, asked, noon):
    """On Monday a card refund is made: it shows from Thursday, by the Wednesday after."""
    cancelled = OrderChange(reference="R-1", action=Action.CANCEL_ORDER, at=noon)
    refund = Payment(at=noon, method_id="visa", amount=Money(-7980, "EUR"))
    await put(shop, replace(order, payments=(*order.payments, refund), changes=(cancelled,)))
    await claim_order("SK-1001", "ada@example.com", **asked)
    (found,) = await track_refunds("1001", **asked)
    assert (found.state, found.amount, found.label) == (
        RefundState.PAID,
        Money(7980, "EUR"),
        "Visa 4242",
    )
    assert found.reference == "R-1"
    assert (found.there_from, found.there_by) == (date(2026, 5, 7), date(2026, 5, 13))


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (ChangeStatus.REQUESTED, [RefundState.AWAITING_GOODS]),
        (ChangeStatus.RECEIVED, [RefundState.GOODS_RECEIVED]),
        (ChangeStatus.DONE, []),
    ],
)
async def test_refunds_that_wait_say_for_what(order, asked, noon, status, states):
    """A return waits for its goods, then for the refund; a charge is no refund."""
    change = OrderChange(
        reference="R-1",
        action=Action.RETURN_ITEMS,
        at=noon,
        status=status,
        transfers=(Transfer("gone", Money(-500, "EUR")), Transfer("visa", Money(500, "EUR"))),
    )
    await put(asked["shop"], replace(order, changes=(change,)))
    await claim_order("SK-1001", "10115", **asked)
    found = await track_refunds("SK-1001", **asked)
    assert [each.state for each in found] == states
    assert {(each.kind, each.amount.minor) for each in found} <= {("other", 500)}


async def test_a_login_lists_all_orders(shop, order, asked, clock):
    """Latest first; neither a stranger nor who claimed one order sees the list."""
    older = replace(order, number="SK-1000", placed_at=order.placed_at - timedelta(days=9))
    await put(shop, older)
    with pytest.raises(IdentityRequired):
        await list_orders(**asked)
    await claim_order("SK-1000", "ada@example.com", **asked)
    with pytest.raises(IdentityRequired):
        await list_orders(**asked)
    await sign_in("ada", until=clock() + timedelta(hours=1), conversation="c", shop=shop)
    assert await list_orders(**asked) == [order, older]


async def test_an_invoice_needs_more_than_a_claim(shop, order, asked, clock):
    """It holds name and address: verified only, and not before the goods are on their way."""
    await claim_order("SK-1001", "ada@example.com", **asked)
    await track_order("SK-1001", **asked)
    with pytest.raises(IdentityRequired) as required:
        await get_invoice("SK-1001", **asked)
    assert required.value.level is IdentityLevel.VERIFIED
    await sign_in("ada", until=clock() + timedelta(hours=1), conversation="c", shop=shop)
    invoice = await get_invoice("SK-1001", **asked)
    assert (invoice.name, invoice.total) == ("Ada Byron", Money(7980, "EUR"))
    await put(shop, replace(order, status=OrderStatus.PENDING))
    with pytest.raises(Refusal):
        await get_invoice("SK-1001", **asked)
