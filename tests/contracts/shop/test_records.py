"""What every adapter of the shop's records does alike."""

import asyncio
from dataclasses import replace
from datetime import timedelta, timezone

import pytest

from shop.errors import OrderNotFound
from shop.identity import claim_order
from shop.model import Customer, Identity, IdentityLevel, Order, Product
from shop.orders import track_order
from shop.ports import Shop


async def test_products_come_back_as_they_were_saved(shop: Shop, kettle: Product):
    """A product survives with its variants, options and their order."""
    async with shop.records() as records:
        assert await records.catalogue.save([kettle]) == 1
    async with shop.snapshot() as records:
        assert await records.catalogue.find(["kettle"]) == [kettle]


async def test_products_come_in_the_order_asked_for(shop: Shop, kettle: Product):
    """Unknown ids are left out, the others keep their places."""
    many = [replace(kettle, id=f"p{number:04}") for number in range(1200)]
    wanted = [product.id for product in reversed(many)]
    async with shop.records() as records:
        await records.catalogue.save(many)
    async with shop.snapshot() as records:
        found = await records.catalogue.find(["nothing", *wanted])
        assert [product.id for product in found] == wanted
        assert [product async for product in records.catalogue.all()] == many
        assert await records.catalogue.count() == len(many)


async def test_products_are_leafed_through_by_category(shop: Shop, kettle: Product):
    """Categories come with their sizes, the largest first; a page is a part of one, or of all."""
    sorts = {"tea": "Tea", "cup": "Cups", "mug": "Cups", "bowl": "Cups"}
    async with shop.records() as records:
        await records.catalogue.save(
            replace(kettle, id=id_, category=category) for id_, category in sorts.items()
        )
    async with shop.snapshot() as records:
        assert list((await records.catalogue.categories()).items()) == [("Cups", 3), ("Tea", 1)]
        cups = await records.catalogue.page("Cups", offset=1, limit=2)
        assert [product.id for product in cups] == ["cup", "mug"]
        everything = await records.catalogue.page(None, offset=2, limit=9)
        assert [product.id for product in everything] == ["mug", "tea"]
        assert await records.catalogue.page("Pots", offset=0, limit=9) == []


async def test_saving_products_again_changes_nothing(shop: Shop, kettle: Product):
    """Only products that differ from what was kept are counted."""
    teapot = replace(kettle, id="teapot")
    async with shop.records() as records:
        await records.catalogue.save([kettle, teapot])
    async with shop.records() as records:
        assert await records.catalogue.save([kettle, replace(teapot, title="Pot")]) == 1
        assert await records.catalogue.count() == 2


async def test_the_last_of_two_products_with_one_id_is_kept(shop: Shop, kettle: Product):
    """A product saved twice in one call is there once."""
    async with shop.records() as records:
        await records.catalogue.save([kettle, replace(kettle, variants=kettle.variants[:1])])
        (kept,) = await records.catalogue.find(["kettle"])
    assert kept.variants == kettle.variants[:1]


async def test_customers_come_back_as_they_were_saved(shop: Shop, ada: Customer):
    """A customer survives with address and payment methods, and a later save replaces her."""
    async with shop.records() as records:
        await records.customers.save([ada])
    async with shop.snapshot() as records:
        assert await records.customers.find("ada") == ada
        assert await records.customers.find("bob") is None
    moved = replace(ada, address=replace(ada.address, city="Paris"), payment_methods=())
    async with shop.records() as records:
        await records.customers.save([moved])
        assert await records.customers.find("ada") == moved


async def test_orders_come_back_as_they_were_saved(shop: Shop, ada: Customer, order: Order):
    """An order survives with lines, parcels, events and payments, and a later save replaces it."""
    codes = {"hand_over_code": "4711", "pick_up_point": "kiosk", "sent_from": "GB"}
    order = replace(order, parcels=(replace(order.parcels[0], **codes), order.parcels[1]))
    async with shop.records() as records:
        await records.customers.save([ada])
        await records.orders.save([order])
    async with shop.snapshot() as records:
        assert await records.orders.find("SK-1001") == order
        assert await records.orders.find("sk-1001") is None
    emptied = replace(order, parcels=order.parcels[1:], payments=(), promised_at=None)
    async with shop.records() as records:
        await records.orders.save([emptied])
        assert await records.orders.find("SK-1001") == emptied


async def test_orders_of_a_customer_come_latest_first(shop: Shop, ada: Customer, order: Order):
    """Only her own orders come, the latest first."""
    later = replace(order, number="SK-0002", placed_at=order.placed_at + timedelta(hours=1))
    foreign = replace(order, number="SK-0003", customer_id="bob")
    async with shop.records() as records:
        await records.customers.save([ada, replace(ada, id="bob")])
        await records.orders.save([order, later, foreign])
        assert await records.orders.of("ada") == [later, order]
        assert await records.orders.of("nobody") == []


async def test_times_of_any_zone_come_back_as_the_same_moment(
    shop: Shop, ada: Customer, order: Order
):
    """A time given in another zone is the same moment."""
    placed_at = order.placed_at.astimezone(timezone(timedelta(hours=5, minutes=30)))
    async with shop.records() as records:
        await records.customers.save([ada])
        await records.orders.save([replace(order, placed_at=placed_at)])
    async with shop.snapshot() as records:
        assert await records.orders.find("SK-1001") == order


async def test_an_identity_replaces_the_one_before(shop: Shop, noon):
    """A conversation has one identity at most."""
    first = Identity(
        conversation="c",
        level=IdentityLevel.CLAIMED,
        customer_id="ada",
        order_numbers=frozenset({"SK-2", "SK-1"}),
        expires_at=noon,
    )
    second = replace(first, customer_id="bob", order_numbers=frozenset())
    async with shop.records() as records:
        assert await records.identities.of("c") is None
        await records.identities.save(first)
        assert await records.identities.of("c") == first
        await records.identities.save(second)
        assert await records.identities.of("c") == second


async def test_failed_tries_count_by_subject_from_a_moment_on(shop: Shop, noon):
    """Older tries and those of others do not count; two at the same moment are two."""
    async with shop.records() as records:
        for at in (noon - timedelta(hours=2), noon, noon):
            await records.identities.record_failure(["order:1", "all"], at)
        await records.identities.record_failure(["all"], noon)
    async with shop.snapshot() as records:
        assert await records.identities.failures("order:1", noon) == 2
        assert await records.identities.failures("order:1", noon - timedelta(days=1)) == 3
        assert await records.identities.failures("all", noon) == 3
        assert await records.identities.failures("order:2", noon) == 0


async def test_an_error_undoes_everything(shop: Shop, ada: Customer, kettle: Product):
    """What was saved before an error is gone, and the error comes through."""

    async def save_half() -> None:
        async with shop.records() as records:
            await records.customers.save([ada])
            await records.catalogue.save([kettle])
            raise LookupError("half-way")

    with pytest.raises(LookupError, match="half-way"):
        await save_half()
    async with shop.snapshot() as records:
        assert await records.customers.find("ada") is None
        assert await records.catalogue.count() == 0


async def test_transactions_wait_for_each_other(shop: Shop, ada: Customer):
    """What one has read still holds when it writes: no count is lost."""
    async with shop.records() as records:
        await records.customers.save([replace(ada, phone="0")])

    async def add_one() -> None:
        async with shop.records() as records:
            kept = await records.customers.find("ada")
            await asyncio.sleep(0)
            await records.customers.save([replace(kept, phone=str(int(kept.phone) + 1))])

    await asyncio.gather(*(add_one() for _ in range(5)))
    async with shop.snapshot() as records:
        assert (await records.customers.find("ada")).phone == "5"


async def test_a_snapshot_neither_waits_nor_sees_what_is_unfinished(shop: Shop, ada: Customer):
    """Reading goes on while a transaction is open, on the state before it."""
    async with shop.records() as writing:
        await writing.customers.save([ada])
        async with shop.snapshot() as reading:
            assert await reading.customers.find("ada") is None


async def test_a_claim_and_its_failures_are_kept(shop: Shop, ada: Customer, order: Order, noon):
    """A failed try counts although it ends in an error, and a claim opens the order from then on."""
    async with shop.records() as records:
        await records.customers.save([ada])
        await records.orders.save([order])
    asked = {"conversation": "c", "shop": shop, "clock": lambda: noon}
    with pytest.raises(OrderNotFound):
        await claim_order("SK-1001", "wrong", **asked)
    assert await claim_order("SK-1001", "ada@example.com", **asked) == order
    assert await track_order("SK-1001", **asked) == order
    async with shop.snapshot() as records:
        for subject in ("conversation:c", "order:SK-1001", "all"):
            assert await records.identities.failures(subject, noon) == 1
