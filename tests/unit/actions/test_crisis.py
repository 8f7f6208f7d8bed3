"""Somebody who may be in danger gets a person at once, and whom to call until then."""

from dataclasses import replace

from actions.crisis import Crisis
from shop.adapters.memory import MemoryShop
from shop.desk import Desk
from shop.policy import Policy


async def test_a_person_is_fetched_with_the_reason(run, dialogue, services):
    """The desk sees that it cannot wait."""
    answer = await run(Crisis(services), dialogue.customer("i want to die", "crisis"))
    assert answer.reply["type"] == "handoff"
    assert answer.reply["reason"] == "crisis"
    assert "emergency number" in answer.reply["text"]


async def test_the_helpline_is_told_word_for_word(run, dialogue, services):
    """It is the shop's own choice."""
    shop = MemoryShop(policy=Policy(desk=Desk(helpline="Listening Ear, day and night.")))
    services = replace(services, shop=shop)
    answer = await run(Crisis(services), dialogue.customer("i want to die", "crisis"))
    assert "Listening Ear, day and night." in answer.reply["text"]


async def test_no_helpline_is_made_up(run, dialogue, services):
    """Where none is set, none is told."""
    answer = await run(Crisis(services), dialogue.customer("i want to die", "crisis"))
    assert "talk to somebody here" not in answer.reply["text"]
