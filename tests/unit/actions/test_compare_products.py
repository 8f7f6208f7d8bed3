"""Products stand side by side, in the shop's words."""

import pytest

from actions.compare_products import CompareProducts

TEXT = """Kettle Étna: from €34.90, Only 3 left
· Capacity: 1 l
Glass Teapot: €39.90, Out of stock
· Capacity: 1 l
· Weight: 400 g"""


@pytest.mark.parametrize(
    "text",
    ["compare the first and the second", "compare these two", "the kettle or the teapot?"],
)
async def test_price_stock_and_attributes_are_told(run, services, shown, text):
    """What all have comes first."""
    answer = await run(CompareProducts(services), shown.customer(text))
    (message,) = answer.messages
    assert message["lines"] == TEXT


async def test_without_two_products_the_bot_asks(run, services, dialogue):
    """Nothing was shown, and nothing is named."""
    answer = await run(CompareProducts(services), dialogue.customer("which is better"))
    assert answer.responses == ["utter_ask_what_to_compare"]
