"""A product among those that were shown is taken up."""

import pytest

from actions.choose_product import ChooseProduct


@pytest.mark.parametrize("text", ["the second one", "the dearest", "the glass one", "2"])
async def test_a_chosen_product_is_told_more_of(run, services, shown, text):
    """By its place, its price or its name."""
    text = text.replace("dearest", "most expensive")
    answer = await run(ChooseProduct(services), shown.customer(text))
    assert answer.messages[0]["title"] == "Glass Teapot"
    assert answer.slots["browsing"]["product"] == "teapot"


async def test_an_open_question_is_answered_then(run, services, shown):
    """The dialogue goes on as if it had been asked of the product."""
    shown.slots["browsing"] |= {"question": "is it waterproof?", "skill": "ask_product_question"}
    answer = await run(ChooseProduct(services), shown.customer("the second one"))
    assert answer.slots["browsing"]["product"] == "teapot"
    assert answer.events[-1]["text"] == "is it waterproof?"


async def test_what_is_unclear_is_asked_for(run, services, shown):
    """Two products may be meant."""
    answer = await run(ChooseProduct(services), shown.customer("that one"))
    assert answer.responses == ["utter_which_product_unclear"]


async def test_a_button_of_something_else_is_chosen_as_such(run, services, shown):
    """Where the bot has just offered buttons, they are meant."""
    shown.bot("utter_greet", "/track_order", "/ask_policy")
    answer = await run(ChooseProduct(services), shown.customer("the second one"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "choose_option"
