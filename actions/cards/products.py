"""Product cards."""

from collections.abc import Sequence

from actions.wording import Wording
from bot.contract import Card, CardsReply
from shop.model import FEW, Product
from shop.prices import differ, lowest, price

_LINE_LENGTH = 120


def cards_reply(
    products: Sequence[Product], introduction: str, wording: Wording, locale: str
) -> CardsReply:
    """Returns cards, with a text that introduces them and then says the same, a line a product."""
    cards = [_card(product, wording, locale) for product in products]
    lines = (f"{card['title']}, {card['price']}, {card['stock']}" for card in cards)
    return CardsReply(type="cards", text="\n".join((introduction, *lines)), cards=cards)


def _card(product: Product, wording: Wording, locale: str) -> Card:
    return Card(
        id=product.id,
        title=product.title,
        text=_first_sentence(product.description),
        price=price_words(product, wording, locale),
        stock=stock_words(product.stock, wording),
        image=product.image,
        link=product.link,
    )


def price_words(product: Product, wording: Wording, locale: str) -> str:
    """Returns what a product costs: "€64.90", or "from €64.90" where variants differ."""
    written = price(lowest(product), locale)
    return wording.say("utter_price_from", price=written) if differ(product) else written


def stock_words(count: int, wording: Wording) -> str:
    """Returns how many pieces there are, as far as a customer cares."""
    if count <= 0:
        return wording.say("utter_sold_out")
    return (
        wording.say("utter_few_left", count=count)
        if count <= FEW
        else wording.say("utter_in_stock")
    )


def _first_sentence(text: str) -> str:
    sentence = text.split(". ", maxsplit=1)[0].strip().rstrip(".")
    return (
        sentence
        if len(sentence) <= _LINE_LENGTH
        else f"{sentence[:_LINE_LENGTH].rsplit(' ', 1)[0]}…"
    )
