"""Commands are shown, carried out after a yes to exactly that, and only once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from shop.adapters.memory import MemoryRecords, MemoryShop
from shop.commands import (
    CancelOrder,
    ChangeDefaultAddress,
    ChangeEmail,
    ChangeItems,
    ChangeNewsletter,
    ChangePhone,
    DeleteAccount,
    Pieces,
    ReturnItems,
    Swap,
)
from shop.errors import IdentityRequired, KeyReused, OrderNotFound, StoreUnavailable
from shop.identity import claim_order, sign_out
from shop.model import Action, Identity, IdentityLevel, Money, OrderStatus
from shop.plan import NeedsApproval, PlanChanged
from shop.policy import Policy
from shop.refusal import Refusal, Why
from shop.service import perform, preview

CANCEL = CancelOrder("SK-1001", "no-longer-needed")
SWAP = ChangeItems("SK-1001", (Swap("1", "kettle-red"),), "visa")


@pytest.fixture
async def shop(ada, bob, order, kettle) -> MemoryShop:
    """Ada's order is pending, Bob's is not his to see for her; there are kettles in both colours."""
    pending = replace(order, status=OrderStatus.PENDING, parcels=())
    black = replace(
        pending,
        lines=(replace(order.lines[0], variant_id="kettle-black", price=Money(3490, "EUR")),),
    )
    shop = MemoryShop()
    async with shop.records() as records:
        await records.catalogue.save([kettle])
        await records.customers.save([ada, bob])
        await records.orders.save([black, replace(pending, number="SK-2002", customer_id="bob")])
    return shop


@pytest.fixture
def asked(shop, clock) -> dict:
    """What every call takes."""
    return {"conversation": "c", "shop": shop, "clock": clock}


@pytest.fixture
async def signed_in(shop, clock) -> None:
    """Ada has just signed in."""
    async with shop.records() as records:
        await records.identities.save(
            Identity(
                conversation="c",
                level=IdentityLevel.VERIFIED,
                customer_id="ada",
                order_numbers=None,
                expires_at=clock() + timedelta(hours=1),
                fresh_until=clock() + timedelta(minutes=10),
            )
        )


async def state(shop: MemoryShop) -> tuple:
    """Returns the records that a command could change."""
    async with shop.snapshot() as records:
        return (
            await records.orders.of("ada"),
            await records.customers.find("ada"),
            await records.catalogue.find(["kettle"]),
            await records.ledger.of("ada"),
        )


@pytest.mark.usefixtures("signed_in")
class TestSignedIn:
    async def test_a_preview_changes_nothing(self, shop, asked):
        """What would happen is told as often as asked."""
        before = await state(shop)
        first = await preview(CANCEL, **asked)
        assert first == await preview(CANCEL, **asked)
        assert await state(shop) == before

    async def test_a_yes_to_a_preview_does_exactly_that(self, shop, asked):
        """The plan is the one that was shown, and it is in the records and in the ledger."""
        plan = await preview(CANCEL, **asked)
        done = await perform(CANCEL, key="k", expected=plan.digest, **asked)
        assert done.plan == plan
        (order,), _, _, (entry,) = await state(shop)
        assert order.status is OrderStatus.CANCELLED
        assert order.changes[-1].reference == entry.reference == done.reference
        assert (entry.plan, entry.conversation, entry.key) == (plan, "c", "k")

    async def test_the_same_key_does_it_once(self, shop, asked):
        """A retried turn gets the same answer and has no second effect."""
        plan = await preview(CANCEL, **asked)
        done = await perform(CANCEL, key="k", expected=plan.digest, **asked)
        after = await state(shop)
        assert await perform(CANCEL, key="k", expected=plan.digest, **asked) == done
        assert await state(shop) == after

    async def test_a_key_is_for_one_command(self, asked):
        """The same key with another command is a fault of the caller."""
        plan = await preview(CANCEL, **asked)
        await perform(CANCEL, key="k", expected=plan.digest, **asked)
        for other in (replace(CANCEL, reason="other"), SWAP, DeleteAccount()):
            with pytest.raises(KeyReused):
                await perform(other, key="k", expected=plan.digest, **asked)

    async def test_a_key_answers_only_the_customer_who_used_it(self, asked, shop, clock):
        """Once the customer has signed out, the earlier answer is not given away."""
        plan = await preview(CANCEL, **asked)
        await perform(CANCEL, key="k", expected=plan.digest, **asked)
        await sign_out("c", shop=shop, clock=clock)
        with pytest.raises(IdentityRequired):
            await perform(CANCEL, key="k", expected=plan.digest, **asked)

    async def test_two_at_once_have_one_effect(self, shop, asked):
        """Of two browsers that cancel the same order one is told that it is cancelled already."""
        plan = await preview(CANCEL, **asked)
        results = await asyncio.gather(
            *(perform(CANCEL, key=key, expected=plan.digest, **asked) for key in "ab"),
            return_exceptions=True,
        )
        (refused,) = (each for each in results if isinstance(each, Refusal))
        assert (refused.why, refused.facts) == (Why.ORDER_STATUS, {"status": "cancelled"})
        (order,), *_ = await state(shop)
        assert sum(payment.amount.minor for payment in order.payments) == 0

    async def test_another_price_is_shown_again(self, shop, asked, kettle):
        """A price that changed between summary and yes changes nothing; the new plan comes along."""
        plan = await preview(SWAP, **asked)
        red, black = kettle.variants
        dearer = replace(kettle, variants=(replace(red, price=Money(4990, "EUR")), black))
        async with shop.records() as records:
            await records.catalogue.save([dearer])
        before = await state(shop)
        with pytest.raises(PlanChanged) as changed:
            await perform(SWAP, key="k", expected=plan.digest, **asked)
        assert changed.value.plan.difference == Money(3000, "EUR")
        assert await state(shop) == before

    async def test_stock_that_is_gone_is_told(self, shop, asked, kettle):
        """Pieces sold between summary and yes change nothing."""
        plan = await preview(SWAP, **asked)
        red, black = kettle.variants
        async with shop.records() as records:
            await records.catalogue.save([replace(kettle, variants=(replace(red, stock=1), black))])
        before = await state(shop)
        with pytest.raises(Refusal) as refused:
            await perform(SWAP, key="k", expected=plan.digest, **asked)
        assert refused.value.why is Why.OUT_OF_STOCK
        assert refused.value.facts["left"] == 1
        assert await state(shop) == before

    async def test_a_store_that_fails_in_the_middle_leaves_nothing_half_done(
        self, shop, asked, monkeypatch
    ):
        """Whatever fails before the end is as if it had not begun, and a retry succeeds."""
        plan = await preview(SWAP, **asked)
        before = await state(shop)

        class Full(MemoryShop):
            @asynccontextmanager
            async def records(self) -> AsyncIterator[MemoryRecords]:
                async with shop.records() as records:
                    records.ledger.add = fails
                    yield records

        async def fails(_: object) -> None:
            raise StoreUnavailable("the disk is full")

        with pytest.raises(StoreUnavailable):
            await perform(SWAP, key="k", expected=plan.digest, **asked | {"shop": Full()})
        assert await state(shop) == before
        assert (await perform(SWAP, key="k", expected=plan.digest, **asked)).plan == plan

    async def test_orders_of_others_are_not_there(self, asked):
        """An order of somebody else and one that does not exist are answered alike."""
        for number in ("SK-2002", "SK-9999", "nothing"):
            with pytest.raises(OrderNotFound):
                await preview(replace(CANCEL, order=number), **asked)

    async def test_a_refusal_says_what_is_possible_instead(self, shop, asked, clock):
        """A delivered order cannot be cancelled, but returned, exchanged or complained of."""
        async with shop.records() as records:
            (order,) = await records.orders.of("ada")
            await records.orders.save([replace(order, status=OrderStatus.DELIVERED)])
        with pytest.raises(Refusal) as refused:
            await preview(CANCEL, **asked)
        assert set(refused.value.alternatives) == {
            Action.EXCHANGE_ITEMS,
            Action.RETURN_ITEMS,
            Action.REPORT_DELIVERY_PROBLEM,
        }

    async def test_large_refunds_are_for_a_person(self, shop, asked):
        """Above the policy's amount nothing is done, and the proposal comes along."""
        async with shop.records() as records:
            (order,) = await records.orders.of("ada")
            line = replace(order.lines[0], price=Money(20_000, "EUR"))
            paid = replace(order.payments[0], amount=Money(40_000, "EUR"))
            await records.orders.save(
                [replace(order, status=OrderStatus.DELIVERED, lines=(line,), payments=(paid,))]
            )
        one, both = (
            ReturnItems("SK-1001", (Pieces("1", number),), "visa", "changed-mind")
            for number in (1, 2)
        )
        assert (await preview(one, **asked)).refunded_minor == 20_000
        with pytest.raises(NeedsApproval) as proposal:
            await preview(both, **asked)
        assert proposal.value.plan.refunded_minor == 40_000
        with pytest.raises(NeedsApproval):
            await perform(both, key="k", expected=proposal.value.plan.digest, **asked)

    async def test_an_account_is_changed(self, shop, asked, ada):
        """Address, e-mail, newsletter and the wish to be forgotten are kept, each with its entry."""
        moved = replace(ada.address, line1="Neue Str. 2")
        commands = [
            ChangeDefaultAddress(moved),
            ChangeEmail(" Ada.Byron@Example.org "),
            ChangePhone("+49 30 555 1234"),
            ChangeNewsletter(subscribed=True),
            DeleteAccount(),
        ]
        for command in commands:
            plan = await preview(command, **asked)
            await perform(command, key=command.action, expected=plan.digest, **asked)
        _, kept, _, entries = await state(shop)
        assert kept.address == moved
        assert kept.email == "Ada.Byron@Example.org"
        assert kept.phone == "+49 30 555 1234"
        assert kept.newsletter
        assert kept.deletion_requested_at is not None
        assert {entry.plan.action for entry in entries} == {each.action for each in commands}
        for command, why in zip(
            commands,
            (Why.SAME_ADDRESS, *[Why.NOTHING_CHANGES] * 3, Why.ALREADY_REQUESTED),
            strict=True,
        ):
            with pytest.raises(Refusal) as refused:
                await preview(command, **asked)
            assert refused.value.why is why

    @pytest.mark.parametrize("email", ["BOB@example.com", "bob@example.com "])
    async def test_an_email_address_belongs_to_one_customer(self, asked, email):
        """Somebody else's cannot be taken."""
        with pytest.raises(Refusal) as refused:
            await preview(ChangeEmail(email), **asked)
        assert refused.value.why is Why.EMAIL_NOT_USABLE

    @pytest.mark.parametrize(
        "email", ["", "ada", "ada@", "@example.com", "a b@c.de", "a@b", "a@b.c1"]
    )
    async def test_an_email_address_looks_like_one(self, asked, email):
        """What no mail could reach is refused."""
        with pytest.raises(Refusal) as refused:
            await preview(ChangeEmail(email), **asked)
        assert refused.value.why is Why.INVALID_EMAIL

    @pytest.mark.parametrize("phone", ["", "ring me", "12345", "+", "1" * 16, "+49 30 555 12x4"])
    async def test_a_phone_number_looks_like_one(self, asked, phone):
        """What nobody could call is refused."""
        with pytest.raises(Refusal) as refused:
            await preview(ChangePhone(phone), **asked)
        assert refused.value.why is Why.INVALID_PHONE

    async def test_what_the_shop_does_not_offer_is_refused(self, shop, asked):
        """An action that the policy leaves null is not there."""
        shop.policy = Policy(cancel_order=None)
        with pytest.raises(Refusal) as refused:
            await preview(CANCEL, **asked)
        assert refused.value.why is Why.NOT_OFFERED


async def test_the_level_needed_is_told(asked, clock):
    """Each command asks for the level that the policy names, of strangers and of the claimed alike."""
    for command, level in ((CANCEL, IdentityLevel.VERIFIED), (DeleteAccount(), "fresh")):
        with pytest.raises(IdentityRequired) as required:
            await preview(command, **asked)
        assert required.value.level == level
    await claim_order("SK-1001", "ada@example.com", **asked)
    for command in (CANCEL, DeleteAccount()):
        with pytest.raises(IdentityRequired):
            await preview(command, **asked)


@pytest.mark.usefixtures("signed_in")
async def test_what_was_shown_wears_off(asked, clock):
    """After ten minutes nothing fresh can be done, after an hour nothing at all."""
    await preview(DeleteAccount(), **asked)
    clock.move(minutes=11)
    with pytest.raises(IdentityRequired):
        await preview(DeleteAccount(), **asked)
    await preview(CANCEL, **asked)
    clock.move(hours=1)
    with pytest.raises(IdentityRequired):
        await preview(CANCEL, **asked)
