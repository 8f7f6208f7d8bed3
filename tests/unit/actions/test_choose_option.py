"""A choice can be taken in words, by its place or its title."""

import pytest

from actions.choose_option import ChooseOption


@pytest.mark.parametrize(
    ("words", "intent"),
    [
        ("the second one", "search_products"),
        ("1", "track_order"),
        ("the last", "ask_policy"),
    ],
)
async def test_a_choice_is_taken_by_its_place(run, dialogue, services, words, intent):
    """As if its button had been pressed."""
    dialogue.bot("utter_greet", "/track_order", "/search_products", "/ask_policy")
    answer = await run(ChooseOption(services), dialogue.customer(words, "choose_option"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == intent


async def test_what_a_button_carries_is_kept(run, dialogue, services):
    """A related question is asked in its own words."""
    dialogue.bot("utter_policy_passage", '/ask_policy{"question": "Who pays?"}')
    answer = await run(ChooseOption(services), dialogue.customer("the first", "choose_option"))
    assert answer.events[-1]["parse_data"]["entities"] == [
        {"entity": "question", "value": "Who pays?"}
    ]


async def test_did_you_mean_goes_on_with_the_words_it_was_asked_for(run, dialogue, services):
    """The customer need not say it again."""
    dialogue.customer('/choose_option{"meant": "track_order", "said": "the thing"}')
    dialogue.events[-1]["parse_data"]["entities"] = [
        {"entity": "meant", "value": "track_order"},
        {"entity": "said", "value": "the thing"},
    ]
    answer = await run(ChooseOption(services), dialogue)
    assert answer.events[-1]["text"] == "the thing"
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "track_order"


async def test_a_choice_that_is_not_clear_is_asked_for(run, dialogue, services):
    """With the same choices."""
    dialogue.bot("utter_greet", "/track_order", "/search_products")
    answer = await run(ChooseOption(services), dialogue.customer("number 7", "choose_option"))
    assert answer.responses == ["utter_choose_which"]
    assert len(answer.messages[0]["buttons"]) == 2


async def test_where_nothing_was_offered_nothing_is_chosen(run, dialogue, services):
    """The bot asks what it can do."""
    answer = await run(ChooseOption(services), dialogue.customer("the second", "choose_option"))
    assert answer.responses == ["utter_no_choice"]


async def test_a_polite_number_is_a_number(run, dialogue, services):
    """What is said beside it does not count."""
    dialogue.bot("utter_greet", "/track_order", "/search_products")
    answer = await run(ChooseOption(services), dialogue.customer("number 2 please"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "search_products"


async def test_after_products_were_shown_one_of_them_is_chosen(run, shown, services):
    """Cards have no buttons."""
    answer = await run(ChooseOption(services), shown.customer("the second", "choose_option"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "choose_product"
