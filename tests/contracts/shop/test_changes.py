"""What customers have done is kept alike by every adapter, and done once on every adapter."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shop.commands import CancelOrder, ChangeItems, Swap
from shop.errors import StoreUnavailable
from shop.identity import sign_in
from shop.ledger import Entry
from shop.model import (
    Action,
    ChangedLine,
    ChangeStatus,
    Customer,
    Money,
    Order,
    OrderChange,
    OrderStatus,
    Product,
    Transfer,
)
from shop.plan import Done, Movement, Plan, PlannedLine, PlannedVariant
from shop.ports import Shop
from shop.problems import Resolution
from shop.refusal import Refusal
from shop.service import perform, preview


def entry(noon: datetime, **values) -> Entry:
    """Returns an entry with something in every part."""
    plan = Plan(
        action=Action.EXCHANGE_ITEMS,
        customer_id="ada",
        order="SK-1001",
        lines=(
            PlannedLine(
                line_id="1",
                product_id="kettle",
                title="Kettle Étna",
                options={"Colour": "red", "Art": "groß"},
                quantity=1,
                price=Money(3990, "EUR"),
                becomes=PlannedVariant(id="b", options={}, price=Money(3490, "EUR")),
            ),
        ),
        difference=Money(-500, "EUR"),
        movements=(
            Movement(method_id="visa", kind="card", label="Visa", amount=Money(-500, "EUR")),
        ),
        way_back_paid_by="shop",
        resolution=Resolution.TRACE,
        day=noon.date(),
    )
    usual = {"reference": "R-1", "conversation": "c", "key": "k", "at": noon, "command": "{}"}
    return Entry(**usual | {"plan": plan} | values)


async def test_changes_come_back_with_their_order(
    shop: Shop, ada: Customer, order: Order, noon: datetime
):
    """What was done to an order survives in its sequence, and a later save replaces it."""
    changes = (
        OrderChange(reference="R-2", action=Action.CHANGE_SHIPPING_ADDRESS, at=noon),
        OrderChange(
            reference="R-1",
            action=Action.RETURN_ITEMS,
            at=noon,
            status=ChangeStatus.REQUESTED,
            reason="faulty",
            lines=(ChangedLine(line_id="1", quantity=2),),
            transfers=(Transfer("visa", Money(-7980, "EUR")),),
        ),
        OrderChange(
            reference="R-3",
            action=Action.REPORT_DELIVERY_PROBLEM,
            at=noon,
            reason="stuck",
            lines=(ChangedLine(line_id="1", quantity=1),),
            resolution="trace",
            day=noon.date(),
        ),
    )
    async with shop.records() as records:
        await records.customers.save([ada])
        await records.orders.save([replace(order, changes=changes)])
    async with shop.snapshot() as records:
        assert (await records.orders.find("SK-1001")).changes == changes
        assert [each async for each in records.orders.all()] == [replace(order, changes=changes)]
    async with shop.records() as records:
        await records.orders.save([replace(order, changes=changes[1:])])
        assert (await records.orders.find("SK-1001")).changes == changes[1:]


async def test_entries_come_back_as_they_were_added(shop: Shop, noon: datetime):
    """They are found by conversation and key, and a customer's come latest first."""
    first, later = entry(noon), entry(noon + timedelta(1), reference="R-2", key="l")
    async with shop.records() as records:
        await records.ledger.add(first)
        await records.ledger.add(later)
    async with shop.snapshot() as records:
        assert await records.ledger.find("c", "k") == first
        assert await records.ledger.find("d", "k") is None
        assert await records.ledger.of("ada") == [later, first]
        assert await records.ledger.of("bob") == []


@pytest.mark.parametrize("same", [{"key": "other"}, {"reference": "R-9"}])
async def test_an_entry_is_there_once(shop: Shop, noon: datetime, same: dict):
    """A second one with its reference, or its conversation and key, undoes the whole transaction."""
    async with shop.records() as records:
        await records.ledger.add(entry(noon))
    with pytest.raises(StoreUnavailable):
        async with shop.records() as records:
            await records.ledger.add(entry(noon, **same))
    async with shop.snapshot() as records:
        assert await records.ledger.of("ada") == [entry(noon)]


async def test_customers_are_found_by_their_address(shop: Shop, ada: Customer, noon: datetime):
    """In capitals or not, with all that the shop knows of them."""
    known = replace(ada, email="Ada@Example.com", newsletter=True, deletion_requested_at=noon)
    async with shop.records() as records:
        await records.customers.save([known, replace(ada, id="bob", email="bob@example.com")])
    async with shop.snapshot() as records:
        assert await records.customers.with_email(" ada@EXAMPLE.com") == known
        assert await records.customers.with_email("nobody@example.com") is None
        assert [each.id async for each in records.customers.all()] == ["ada", "bob"]


@pytest.fixture
async def asked(shop: Shop, ada: Customer, order: Order, kettle: Product, noon: datetime) -> dict:
    """What every call takes once Ada has signed in; her order is pending."""
    async with shop.records() as records:
        await records.catalogue.save([kettle])
        await records.customers.save([ada])
        lines = (replace(order.lines[0], variant_id="kettle-black", price=Money(3490, "EUR")),)
        pending = replace(order, status=OrderStatus.PENDING, parcels=(), lines=lines)
        await records.orders.save([pending])
    await sign_in("ada", until=noon + timedelta(hours=1), conversation="c", shop=shop)
    return {"conversation": "c", "shop": shop, "clock": lambda: noon}


async def test_of_two_at_once_one_is_refused(asked: dict):
    """Two browsers that cancel at once have one effect."""
    command = CancelOrder("SK-1001", "other")
    expected = (await preview(command, **asked)).digest
    results = await asyncio.gather(
        *(perform(command, key=key, expected=expected, **asked) for key in "ab"),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in results) == [Done.__name__, Refusal.__name__]
    async with asked["shop"].snapshot() as records:
        assert len(await records.ledger.of("ada")) == 1
        order = await records.orders.find("SK-1001")
    assert sum(payment.amount.minor for payment in order.payments) == 0


async def test_a_retry_beside_the_first_try_gets_its_answer(asked: dict):
    """The same key twice at once: one effect, the same answer, the same plan from the store."""
    command = ChangeItems("SK-1001", (Swap("1", "kettle-red"),), "visa")
    plan = await preview(command, **asked)
    first, second = await asyncio.gather(
        *(perform(command, key="k", expected=plan.digest, **asked) for _ in range(2))
    )
    assert first == second
    assert first.plan == plan
    async with asked["shop"].snapshot() as records:
        (kettle,) = await records.catalogue.find(["kettle"])
        assert [variant.stock for variant in kettle.variants] == [1, 2]
        assert len((await records.orders.find("SK-1001")).payments) == 2
