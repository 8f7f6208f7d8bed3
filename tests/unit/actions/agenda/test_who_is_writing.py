"""Who is writing is read out of what people say of themselves, and every proof of it is tried."""

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.agenda.identification import identify
from actions.agenda.intake import facts_in
from bot.entities import find_entities
from shop.adapters.memory import MemoryShop
from shop.errors import CustomerNotFound
from shop.identity import identity_of
from shop.policy import load_policy
from shop.tries import by_conversation
from storekeep.records import POLICIES


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is Ada Byron and I live in 10115", "Ada Byron"),
        ("A friendly woman called Ada Byron, in 10115", "Ada Byron"),
        ("I am ada_byron_1815, postcode 10115", "ada byron"),
        ("ada byron, 10115", "ada byron"),
    ],
)
def test_a_name_is_heard_however_it_is_said(text, name):
    """A login name is a name as well, and proves as little without a postcode."""
    assert facts_in(text, find_entities(text), is_answer=True)["name"] == name


@pytest.fixture
async def believing(services, ada):
    """Services of a shop that believes an e-mail address, or a name with a postcode."""
    shop = MemoryShop(load_policy(POLICIES["tau2"]))
    async with shop.records() as records:
        await records.customers.save([ada])
    return replace(services, shop=shop)


async def test_a_name_and_a_postcode_count_beside_an_unknown_address(believing, ada):
    """What leads to nobody does not hide what leads to somebody."""
    facts = {
        "email": "nobody@example.com",
        "name": f"{ada.first_name} {ada.last_name}",
        "postcode": ada.address.postcode,
    }
    assert await identify(facts, "c-9", believing)
    identity = await identity_of("c-9", shop=believing.shop, clock=believing.clock)
    assert identity is not None
    assert identity.customer_id == ada.id


async def test_each_proof_that_leads_to_nobody_is_a_failed_try(believing):
    """Two proofs in one message are two tries, so that nobody guesses twice as fast."""
    facts = {"email": "nobody@example.com", "name": "Eve Doe", "postcode": "99999"}
    with pytest.raises(CustomerNotFound):
        await identify(facts, "c-9", believing)
    since = believing.clock() - timedelta(minutes=1)
    async with believing.shop.snapshot() as records:
        assert await records.identities.failures(by_conversation("c-9"), since) == 2
