"""Something in stock is recommended for a purpose."""

from actions.recommend_products import RecommendProducts


async def test_what_is_sold_out_is_not_recommended(run, services, shown):
    """Nobody can buy it."""
    answer = await run(RecommendProducts(services), shown.customer("something for making tea"))
    assert [card["id"] for card in answer.reply["cards"]] == ["kettle"]
    assert answer.reply["text"].startswith("For that I would look at this:")


async def test_the_bot_asks_for_the_purpose(run, services, dialogue):
    """Without one there is nothing to recommend by."""
    answer = await run(RecommendProducts(services), dialogue.customer("recommend me something"))
    assert answer.responses == ["utter_ask_purpose"]
