"""Questions about a product are answered from what the shop says of it, and from nothing else."""

import pytest

from actions.ask_product_question import AskProductQuestion


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("is the lid of the teapot made of bamboo?", ("utter_product_fact", "bamboo")),
        ("how many cups does the second one hold", ("utter_product_fact", "four cups")),
        ("what capacity has the kettle", ("utter_product_fact", "Capacity: 1 l")),
        ("how much does the first one cost", ("utter_product_price", "from €34.90")),
        ("does the kettle come in red", ("utter_product_options", "Colour: red and black")),
        ("does the kettle come in pink", ("utter_product_options", "Colour: red and black")),
        ("does the teapot whistle?", ("utter_product_unknown", "Glass Teapot")),
    ],
)
async def test_the_records_answer(run, services, shown, text, said):
    """In their words, with the product named; or they do not tell."""
    answer = await run(AskProductQuestion(services), shown.customer(text))
    (message,) = answer.messages
    response, words = said
    assert message["response"] == response
    assert words in str(message)


async def test_it_means_what_was_spoken_of(run, services, shown):
    """A second question needs no name."""
    answer = await run(AskProductQuestion(services), shown.customer("what is the teapot's weight"))
    shown.slots["browsing"] = answer.slots["browsing"]
    answer = await run(AskProductQuestion(services), shown.customer("and is it made of bamboo?"))
    assert answer.messages[0]["title"] == "Glass Teapot"


async def test_which_product_is_asked_back(run, services, shown):
    """With a button each; the question is kept."""
    answer = await run(AskProductQuestion(services), shown.customer("is it waterproof?"))
    assert answer.responses == ["utter_ask_which_product"]
    assert [each["title"] for each in answer.messages[0]["buttons"]] == [
        "Kettle Étna",
        "Glass Teapot",
    ]
    assert answer.slots["browsing"]["question"] == "is it waterproof?"


async def test_a_question_about_nothing_known_is_searched_for(run, services, dialogue):
    """The price of a samovar begins a search."""
    answer = await run(AskProductQuestion(services), dialogue.customer("how much is a samovar"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "search_products"
