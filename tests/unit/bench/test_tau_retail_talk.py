"""The audit of a scripted conversation sees what should not have happened."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bench.tau_retail_talk import Audit, Turn, audit
from bench.tau_retail_tasks import Task
from bench.tau_retail_user import ScriptedUser
from shop.adapters.memory import MemoryShop
from shop.adapters.tau2 import Tau2Shop
from shop.ledger import Entry
from shop.model import Action, Identity, IdentityLevel
from shop.plan import Plan

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def found(ada, order) -> Tau2Shop:
    """A shop of two customers with an order each."""
    eve = replace(ada, id="eve", email="eve@example.com")
    foreign = replace(order, number="#W7654321", customer_id="eve")
    return Tau2Shop(products=(), customers=(ada, eve), orders=(order, foreign))


@pytest.fixture
def see(ada, found):
    """Audits a conversation of Ada's, after an entry with a key if one is given."""

    async def see(*turns: Turn, key: str = "", owner: str = "ada", identity: str = "ada") -> Audit:
        shop = MemoryShop()
        async with shop.records() as records:
            if key:
                plan = Plan(action=Action.CANCEL_ORDER, customer_id=owner)
                entry = Entry(
                    reference="R-1", conversation="c", key=key, at=NOW, command="{}", plan=plan
                )
                await records.ledger.add(entry)
            await records.identities.save(
                Identity(
                    conversation="c",
                    level=IdentityLevel.CLAIMED,
                    customer_id=identity,
                    order_numbers=None,
                    expires_at=NOW,
                    fresh_until=None,
                )
            )
        task = Task("1", {"reason_for_call": "", "known_info": ""}, ())
        user = ScriptedUser(task, ada, {}, found)
        return await audit(user, turns, "c", shop, found)

    return see


async def test_a_change_after_a_yes_is_a_change_with_a_yes(see):
    """The message that is its key said yes."""
    seen = await see(Turn("m-1", "yes", "Done."), key="m-1:cancel_order:1")
    assert seen == Audit(writes=1, without_yes=0, foreign=0)


async def test_a_change_after_anything_else_is_one_without_a_yes(see):
    """A yes to another message does not count."""
    turns = Turn("m-1", "no", "Done."), Turn("m-2", "yes", "Pardon?")
    seen = await see(*turns, key="m-1:cancel_order:1")
    assert seen == Audit(writes=1, without_yes=1, foreign=0)


async def test_what_is_anothers_is_counted_however_it_was_reached(see):
    """A change of theirs, their identity, and their order's number in an answer."""
    yes = Turn("m-1", "yes", "Done.")
    assert (await see(yes, key="m-1:x:1", owner="eve")).foreign == 1
    assert (await see(yes, identity="eve")).foreign == 1
    assert (await see(Turn("m-1", "my order", "It is #W7654321."))).foreign == 1


async def test_what_the_customer_said_itself_is_no_leak(see):
    """A number that only comes back tells nothing."""
    seen = await see(Turn("m-1", "where is #W7654321?", "I know no #W7654321."))
    assert seen.foreign == 0
