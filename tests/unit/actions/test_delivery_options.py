"""What can be delivered where, and by when, is answered from the shop's own terms."""

from types import SimpleNamespace

import pytest

from actions.delivery_options import DeliveryOptions


@pytest.fixture
def ask(run, dialogue, services):
    """Returns what is answered at two in the afternoon of a Monday, where the shop is."""

    async def ask(text: str) -> str:
        answer = await run(DeliveryOptions(services), dialogue.customer(text, locale="en-GB"))
        (message,) = answer.messages
        return message["text"] or message["response"]

    return ask


async def test_what_comes_in_time_is_named(ask):
    """Today it can only be the bicycle."""
    said = await ask("can you deliver to 10115 today?")
    assert said.startswith("Yes. By Monday, 4 May 2026 it can come to 10115 Germany")
    assert "Instant, by bike: 30 to 60 minutes" in said
    assert "Express" not in said


async def test_what_comes_later_is_said_to(ask):
    """Where nothing is in time, the fastest come first."""
    said = await ask("do you deliver to 20259 by tomorrow")
    assert "Express: Tuesday, 5 May 2026, for orders until 14:00" in said
    said = await ask("can it be in 8004 Switzerland tomorrow?")
    assert said.startswith("Not by Tuesday, 5 May 2026")
    assert "Abroad: from Saturday, 9 May 2026" in said


async def test_a_country_has_its_methods(ask):
    """A place beyond all of them is refused, and at home a postcode tells more."""
    assert "Standard: from" in await ask("do you ship to France")
    assert "With your postcode" in await ask("what about delivery within Germany?")
    assert await ask("do you send to Mexico") == "I am sorry, we do not deliver to Mexico."


async def test_what_is_asked_in_general_the_documents_answer(ask, services):
    """No place, no list."""
    services.policies.passages = [SimpleNamespace(title="Which?", text="Many.", score=0.8)]
    assert await ask("which delivery methods are there") == "utter_policy_passage"
