"""A person gets a conversation with what they should know, and the customer an honest word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions.handoff import hand_over
from shop.adapters.memory import MemoryShop
from shop.desk import Desk
from shop.identity import claim_order
from shop.policy import Policy

SUNDAY = timedelta(days=6)  # from noon of a Monday


@pytest.fixture
def handed_over(services):
    """Hands a dialogue over and returns the reply."""

    async def handed_over(dialogue, services=services):
        dispatcher = CollectingDispatcher()
        await hand_over("asked", dispatcher, dialogue.tracker(), services)
        (message,) = dispatcher.messages
        return message["custom"]

    return handed_over


async def test_the_agent_learns_what_was_wanted(handed_over, dialogue, services):
    """Last wish, order number and how sure the shop is of who is writing."""
    await claim_order(
        "SK-1001", "10115", conversation="c-1", shop=services.shop, clock=services.clock
    )
    dialogue.slots = {"order_number": "SK-1001"}
    dialogue.customer("where is it", "track_order").customer("a person", "contact_human_agent")
    reply = await handed_over(dialogue)
    assert reply["facts"] == {
        "last_intent": "track_order",
        "order_number": "SK-1001",
        "identity": "claimed",
    }


async def test_an_answer_to_a_question_is_no_wish(handed_over, dialogue):
    """The agent reads what the customer wanted, not that they gave an e-mail address for it."""
    dialogue.customer("where is it", "track_order").customer("ada@example.com", "inform")
    reply = await handed_over(dialogue.customer("a person"))
    assert reply["facts"]["last_intent"] == "track_order"


async def test_nothing_is_said_of_what_is_not_known(handed_over, dialogue):
    """Empty facts are left out."""
    reply = await handed_over(dialogue.customer("a person"))
    assert reply["facts"] == {"identity": "anonymous"}


async def test_requests_that_are_not_done_are_passed_on(handed_over, dialogue):
    """With the order in question."""
    request = {"kind": "return_item", "orders": ["SK-1003"]}
    dialogue.slots = {"agenda": {"requests": [request]}}
    reply = await handed_over(dialogue.customer("a person"))
    assert reply["facts"]["requests"] == "return_item"
    assert reply["facts"]["order_number"] == "SK-1003"


async def test_the_last_refusal_is_passed_on(handed_over, dialogue):
    """The person sees what the customer has run into."""
    dialogue.customer("SK-1 x").bot("utter_order_not_found").customer("a person")
    reply = await handed_over(dialogue)
    assert reply["facts"]["last_refusal"] == "order-not-found"


async def test_what_may_have_been_meant_is_passed_on(handed_over, dialogue):
    """The bot did not understand, but had an idea."""
    dialogue.customer("the money thingy", "nlu_fallback")
    dialogue.events[-1]["parse_data"]["intent_ranking"] = [
        {"name": "nlu_fallback", "confidence": 0.3},
        {"name": "track_refund", "confidence": 0.3},
    ]
    reply = await handed_over(dialogue.customer("a person"))
    assert reply["facts"]["supposed"] == "track_refund"


async def test_mood_and_language_are_passed_on(handed_over, dialogue):
    """Somebody who is upset is met as such, by somebody who speaks the language."""
    reply = await handed_over(dialogue.customer("THIS IS A JOKE!!", "complaint"))
    assert reply["facts"]["mood"] == "angry"
    reply = await handed_over(dialogue.customer("ich möchte mit jemandem sprechen", "out_of_scope"))
    assert reply["facts"]["language"] == "German"


async def test_in_opening_hours_a_colleague_is_announced(handed_over, dialogue):
    """They write in this chat."""
    reply = await handed_over(dialogue.customer("a person"))
    assert "Please stay here" in reply["text"]


async def test_on_a_sunday_the_next_opening_is_told(handed_over, dialogue, services, noon):
    """Nobody is promised who is not there."""
    closed = replace(services, clock=lambda: noon + SUNDAY)
    reply = await handed_over(dialogue.customer("a person"), closed)
    assert "not there right now" in reply["text"]
    assert "Monday, May 11, 2026, 8:00" in reply["text"]
    assert "Central European Time" in reply["text"]


async def test_what_the_gateway_knows_of_the_desk_goes_first(handed_over, dialogue, services, noon):
    """Somebody may work on a Sunday, and nobody be at the desk on a Monday."""
    closed = replace(services, clock=lambda: noon + SUNDAY)
    here = await handed_over(dialogue.customer("a person", agents={"here": True}), closed)
    assert "Please stay here" in here["text"]
    away = await handed_over(dialogue.customer("a person", agents={"here": False}))
    assert "Nobody is at the desk this minute" in away["text"]


async def test_a_desk_without_hours_promises_no_time(handed_over, dialogue, services):
    """There is none to tell."""
    shop = MemoryShop(policy=Policy(desk=Desk(hours={})))
    reply = await handed_over(dialogue.customer("a person"), replace(services, shop=shop))
    assert "not there right now" in reply["text"]


async def test_the_dialogue_is_left_clean(dialogue, services, noon):
    """When the person hands back, the bot does not go on where it stopped."""
    dispatcher = CollectingDispatcher()
    events = await hand_over("asked", dispatcher, dialogue.customer("a person").tracker(), services)
    assert [event["event"] for event in events] == ["active_loop", "reset_slots", "slot"]
    assert events[-1]["value"] == noon.isoformat()
