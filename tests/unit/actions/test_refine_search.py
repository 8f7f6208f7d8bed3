"""What was shown is narrowed down, and more of it is shown."""

import pytest

from actions.refine_search import RefineSearch


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("under 35 euros", ["kettle"]),
        ("only in stock", ["kettle"]),
        ("in black please", ["kettle"]),
        ("with a bamboo lid", ["teapot"]),
        ("cheaper ones", ["kettle"]),
        ("the cheapest first", ["kettle", "teapot"]),
    ],
)
async def test_what_keeps_the_limit_is_left(run, services, shown, text, left):
    """The search before is meant, within one more limit."""
    answer = await run(RefineSearch(services), shown.customer(text))
    assert [card["id"] for card in answer.reply["cards"]] == left
    assert services.catalogue.asked == ["tea"]


async def test_limits_add_up(run, services, shown):
    """A second limit holds beside the first."""
    answer = await run(RefineSearch(services), shown.customer("only in stock"))
    shown.slots["browsing"] = answer.slots["browsing"]
    answer = await run(RefineSearch(services), shown.customer("with bamboo"))
    assert answer.responses == ["utter_none_within_limits"]


async def test_a_limit_that_leaves_nothing_is_not_kept(run, services, shown):
    """The customer goes on from what there was."""
    answer = await run(RefineSearch(services), shown.customer("under 5 euros"))
    assert answer.responses == ["utter_none_within_limits"]
    assert answer.slots["browsing"]["limits"]["at_most"] is None
    assert answer.slots["browsing"]["shown"] == ["kettle", "teapot"]


async def test_more_is_what_was_not_seen(run, services, shown):
    """Nothing is shown twice; the end is said."""
    shown.slots["browsing"]["seen"] = ["kettle"]
    answer = await run(RefineSearch(services), shown.customer("show me more"))
    assert [card["id"] for card in answer.reply["cards"]] == ["teapot"]
    shown.slots["browsing"] = answer.slots["browsing"]
    assert (await run(RefineSearch(services), shown.customer("more"))).responses == [
        "utter_no_more_found"
    ]


async def test_without_a_search_before_it_is_one(run, services, dialogue):
    """A limit alone begins anew."""
    answer = await run(RefineSearch(services), dialogue.customer("a lamp under 20 euros"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "search_products"


async def test_another_thing_is_searched_for(run, services, shown):
    """Lamps are no property of what was shown."""
    answer = await run(RefineSearch(services), shown.customer("show me lamps"))
    assert answer.events[-1]["parse_data"]["intent"]["name"] == "search_products"
