"""What the customer wants is searched for without the words around it, and shown as cards."""

import pytest

from actions.search_products import SearchProducts
from actions.shopping.asked import wanted


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("do u sell noise cancelling headphones", "noise cancelling headphones"),
        ("Do you have a red backpack?", "red backpack"),
        ("I'm looking for a gift for my dad", "gift for my dad"),
        ("hi, can you show me some mugs please", "mugs"),
        ("hp toner black", "hp toner black"),
        ("what headphones do you have", "headphones"),
        ("something to keep my coffee hot", "keep my coffee hot"),
        ("usb-c", "usb-c"),
        ("show me", ""),
        ("a", ""),
    ],
)
def test_the_asking_is_not_part_of_the_query(text, query):
    """A search engine matches every word; those that ask are not wanted in a product."""
    assert wanted(text) == query


async def test_products_are_shown_with_price_and_stock(run, dialogue, services):
    """The lowest price of the options, and how many there are in all."""
    services.catalogue.found = ["kettle"]
    answer = await run(SearchProducts(services), dialogue.customer("a kettle"))
    (card,) = answer.reply["cards"]
    assert card == {
        "id": "kettle",
        "title": "Kettle Étna",
        "text": "Boils a litre",
        "price": "from €34.90",
        "stock": "Only 3 left",
        "image": "/images/kettle.svg",
        "link": "/products/kettle",
    }


async def test_the_text_alone_tells_what_was_found(run, dialogue, services):
    """A channel without cards sends the text."""
    services.catalogue.found = ["kettle"]
    answer = await run(SearchProducts(services), dialogue.customer("a kettle"))
    assert answer.reply["text"] == "I found this:\nKettle Étna, from €34.90, Only 3 left"


@pytest.mark.parametrize("found", [[], ["a product that has just been removed"]])
async def test_finding_nothing_is_said(run, dialogue, services, found):
    """No cards are made up."""
    services.catalogue.found = found
    answer = await run(SearchProducts(services), dialogue.customer("unicorns"))
    assert answer.responses == ["utter_nothing_found"]


async def test_what_only_comes_near_is_not_called_what_was_asked_for(run, dialogue, services):
    """The customer learns that there is none, and sees what comes nearest."""
    services.catalogue.near = ["kettle"]
    answer = await run(SearchProducts(services), dialogue.customer("do you have samovars?"))
    assert answer.reply["text"].startswith('I found no "samovars" in our shop.')
    assert [card["id"] for card in answer.reply["cards"]] == ["kettle"]


async def test_what_comes_near_is_left_out_where_something_fits(run, dialogue, services):
    """The cards are what was asked for."""
    services.catalogue.found, services.catalogue.near = ["kettle"], ["kettle"]
    answer = await run(SearchProducts(services), dialogue.customer("a kettle"))
    assert len(answer.reply["cards"]) == 1


async def test_a_price_in_the_sentence_is_a_limit(run, dialogue, services):
    """It is searched for the thing, and what costs more is left out."""
    services.catalogue.found = ["kettle"]
    answer = await run(SearchProducts(services), dialogue.customer("a kettle under 20 euros"))
    assert services.catalogue.asked == ["kettle"]
    assert answer.responses == ["utter_none_within_limits"]


async def test_what_was_shown_is_remembered(run, dialogue, services):
    """So that the customer can speak of it."""
    services.catalogue.found = ["kettle"]
    answer = await run(SearchProducts(services), dialogue.customer("a kettle"))
    assert answer.slots["browsing"]["shown"] == ["kettle"]


@pytest.mark.parametrize("text", ["/search_products", "do you have"])
async def test_without_a_wish_the_bot_asks_for_one(run, dialogue, services, text):
    """A button, or a sentence that asks for nothing, searches for nothing."""
    answer = await run(SearchProducts(services), dialogue.customer(text))
    assert answer.responses == ["utter_ask_search_query"]
    assert services.catalogue.asked == []
