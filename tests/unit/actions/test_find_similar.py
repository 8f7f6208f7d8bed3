"""What is like a product is shown."""

from actions.find_similar import FindSimilar


async def test_others_of_the_category_are_shown(run, services, shown):
    """Without the product itself, and without a lamp."""
    services.catalogue.found = ["kettle", "teapot", "lamp"]
    answer = await run(FindSimilar(services), shown.customer("something like the first one"))
    assert [card["id"] for card in answer.reply["cards"]] == ["teapot"]


async def test_nothing_alike_is_said(run, services, shown):
    """With the product's name."""
    services.catalogue.found = []
    answer = await run(FindSimilar(services), shown.customer("anything like the teapot"))
    assert answer.responses == ["utter_nothing_similar"]
