"""What customs will probably take is estimated, in the shop's currency and the customer's."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from actions.check_duties import CheckDuties


@pytest.fixture
def ask(run, dialogue, services):
    """Returns what is answered."""

    async def ask(text: str) -> str:
        answer = await run(CheckDuties(services), dialogue.customer(text, locale="en-GB"))
        (message,) = answer.messages
        return message["text"] or message["response"]

    return ask


async def test_a_country_and_a_value_are_enough(ask):
    """The parts, the whole, the other currency with its day, and the papers."""
    said = await ask("how much customs for 120 euros to Switzerland?")
    assert "goods worth €120.00 going to Switzerland, about €25.72 comes on top" in said
    assert "€0.00 duty, €9.72 import tax and €16.00 for the carrier" in said
    assert "about CHF24.02 at the rate of Friday, 20 November 2026" in said
    assert "Customs may ask you for the invoice" in said


async def test_without_a_value_an_example_is_reckoned(ask):
    """A hundred euros."""
    assert "goods worth €100.00 going to Norway" in await ask("import tax to Norway")
    assert "goods worth €1,250.50" in await ask("duty for € 1,250.50 to Norway")


async def test_ones_own_order_is_known(ask, known, shop, stored):
    """Its goods and its country; one that is sent within the country has nothing to pay."""
    order = await stored("SK-1001")
    abroad = replace(order, address=replace(order.address, country="CH"))
    async with shop.records() as records:
        await records.orders.save([abroad])
    assert "goods worth €79.80 going to Switzerland" in await ask("what will customs cost me?")
    there = tuple(replace(parcel, sent_from="CH") for parcel in order.parcels)
    async with shop.records() as records:
        await records.orders.save([replace(abroad, parcels=there)])
    assert await ask("what will customs cost me?") == "utter_no_duty"


async def test_within_the_union_there_is_none(ask):
    """France is served, and not in the table."""
    assert await ask("customs to France?") == "utter_no_duty"


async def test_what_is_not_known_the_documents_answer(ask, services):
    """No country, no order."""
    services.policies.passages = [SimpleNamespace(title="Duty?", text="Perhaps.", score=0.8)]
    assert await ask("do I have to pay customs") == "utter_policy_passage"
