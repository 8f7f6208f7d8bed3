"""Product cards."""

from collections.abc import Sequence

from actions.wording import Wording, price
from bot.contract import Card, CardsReply
from shop.model import Product

_FEW = 5
_LINE_LENGTH = 120


def cards_reply(products: Sequence[Product], wording: Wording, locale: str) -> CardsReply:
    """Returns cards, with a text that introduces them and then says the same, a line a product."""
    cards = [_card(product, wording, locale) for product in products]
    introduction = wording.say("utter_found" if len(cards) > 1 else "utter_found_one")
    lines = (f"{card['title']}, {card['price']}, {card['stock']}" for card in cards)
    return CardsReply(type="cards", text="\n".join((introduction, *lines)), cards=cards)


def _card(product: Product, wording: Wording, locale: str) -> Card:
    return Card(
        id=product.id,
        title=product.title,
        text=_first_sentence(product.description),
        price=_price(product, wording, locale),
        stock=_stock(sum(variant.stock for variant in product.variants), wording),
        image=product.image,
        link=product.link,
    )


def _price(product: Product, wording: Wording, locale: str) -> str:
    amounts = sorted((variant.price for variant in product.variants), key=lambda each: each.minor)
    written = price(amounts[0], locale)
    return written if amounts[0] == amounts[-1] else wording.say("utter_price_from", price=written)


def _stock(count: int, wording: Wording) -> str:
    if count <= 0:
        return wording.say("utter_sold_out")
    return (
        wording.say("utter_few_left", count=count)
        if count <= _FEW
        else wording.say("utter_in_stock")
    )


def _first_sentence(text: str) -> str:
    sentence = text.split(". ", maxsplit=1)[0].strip().rstrip(".")
    return (
        sentence
        if len(sentence) <= _LINE_LENGTH
        else f"{sentence[:_LINE_LENGTH].rsplit(' ', 1)[0]}…"
    )
