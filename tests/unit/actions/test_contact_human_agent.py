"""A person gets the conversation with what they should know, and the dialogue starts clean after."""

import pytest

from actions.contact_human_agent import ContactHumanAgent
from shop.identity import claim_order


async def test_the_agent_learns_what_was_wanted(run, dialogue, services):
    """Last wish, order number and how sure the shop is of who is writing."""
    await claim_order(
        "SK-1001", "10115", conversation="c-1", shop=services.shop, clock=services.clock
    )
    dialogue.slots = {"order_number": "SK-1001"}
    dialogue.customer("where is it", "track_order").customer("a person", "contact_human_agent")
    answer = await run(ContactHumanAgent(services), dialogue)
    assert answer.reply["type"] == "handoff"
    assert answer.reply["facts"] == {
        "last_intent": "track_order",
        "order_number": "SK-1001",
        "identity": "claimed",
    }


async def test_an_answer_to_a_question_is_no_wish(run, dialogue, services):
    """The agent reads what the customer wanted, not that they gave an e-mail address for it."""
    dialogue.customer("where is it", "track_order").customer("ada@example.com", "inform")
    answer = await run(ContactHumanAgent(services), dialogue.customer("a person"))
    assert answer.reply["facts"]["last_intent"] == "track_order"


async def test_nothing_is_said_of_what_is_not_known(run, dialogue, services):
    """Empty facts are left out."""
    answer = await run(ContactHumanAgent(services), dialogue.customer("a person"))
    assert answer.reply["facts"] == {"identity": "anonymous"}


@pytest.mark.parametrize(
    ("before", "reason"),
    [
        ("utter_greet", "asked"),
        ("utter_still_not_understood", "not-understood"),
        ("utter_policy_unknown", "not-understood"),
        ("utter_failed", "failed"),
    ],
)
async def test_the_reason_follows_from_what_the_bot_had_said(
    run, dialogue, services, before, reason
):
    """Whether the customer asked for a person or the bot gave up."""
    dialogue.bot(before).customer("yes", "contact_human_agent")
    answer = await run(ContactHumanAgent(services), dialogue)
    assert answer.reply["reason"] == reason


async def test_form_and_slots_are_cleared(run, dialogue, services):
    """When the person hands back, the bot does not go on where it stopped."""
    answer = await run(ContactHumanAgent(services), dialogue.customer("a person"))
    assert [event["event"] for event in answer.events] == ["active_loop", "reset_slots"]
