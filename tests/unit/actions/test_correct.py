"""What was taken the wrong way is put right from the customer's own words."""

import pytest

from actions.correct import Correct, corrected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no, I meant SK-1002", "SK-1002"),
        ("sorry, it's 10115", "10115"),
        ("no not the kettle, the toaster", "the toaster"),
        ("I said mugs, not jugs", "mugs"),
        ("no, I was asking about delivery", "delivery"),
        ("oops wrong number", "wrong number"),
        ("that's not what I meant", ""),
        ("not this one", ""),
    ],
)
def test_the_words_that_correct_are_told_from_the_rest(text, meant):
    """What was not meant is left out."""
    assert corrected(text) == meant


async def test_another_order_number_is_looked_up(run, dialogue, services):
    """With a proof of its own, unless it was said as well."""
    dialogue.customer("SK-1001 10115", "inform").customer("no, I meant SK-1002", "correct")
    answer = await run(Correct(services), dialogue)
    assert answer.events[1]["parse_data"]["intent"]["name"] == "track_order"
    assert answer.slots == {"proof": None}


async def test_another_search_is_made(run, dialogue, services):
    """With the words that correct."""
    dialogue.customer("jugs", "search_products").customer("no, I meant mugs", "correct")
    answer = await run(Correct(services), dialogue)
    assert answer.events[-1]["text"] == "mugs"
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "search_products"


async def test_what_is_understood_by_itself_is_done(run, dialogue, services):
    """Whatever was asked before."""
    dialogue.customer("do you ship abroad", "ask_policy")
    dialogue.customer("no, I meant cancel my order", "correct")
    answer = await run(Correct(services), dialogue)
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "cancel_order"


async def test_where_nothing_else_is_said_the_bot_asks(run, dialogue, services):
    """It does not guess a second time."""
    answer = await run(Correct(services), dialogue.customer("that's not what I meant", "correct"))
    assert answer.responses == ["utter_corrected"]
