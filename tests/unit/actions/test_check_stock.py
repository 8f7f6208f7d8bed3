"""The stock is told by the options that a customer names."""

import pytest

from actions.check_stock import CheckStock


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("do you have the first one in red", ("utter_stock", "red: Only 3 left")),
        ("is the kettle in stock in black", ("utter_stock", "black: Out of stock")),
        ("is the kettle in stock", ("utter_stock", "red: Only 3 left\nblack: Out of stock")),
        (
            "do you have the kettle in pink",
            ("utter_stock_no_such_option", "red: Only 3 left\nblack: Out of stock"),
        ),
        ("is the teapot sold out", ("utter_stock", "Out of stock")),
    ],
)
async def test_the_stock_of_the_options_is_told(run, services, shown, text, said):
    """What there is not is said, with what there is."""
    answer = await run(CheckStock(services), shown.customer(text))
    (message,) = answer.messages
    assert (message["response"], message["stock"]) == said


async def test_a_kind_of_thing_is_searched_for(run, services, dialogue):
    """Boots in a size are no one product."""
    answer = await run(CheckStock(services), dialogue.customer("do you have boots in 46"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "search_products"
