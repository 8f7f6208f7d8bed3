"""Which product a customer speaks of: one that was shown, one that was spoken of, or one by name."""

import re
from collections.abc import Sequence

from actions.resolve import Candidate, Resolution, ordinal, which_choice
from actions.resolve.resolution import ENOUGH
from actions.resolve.titles import anchors, title
from actions.resolve.wish import Price, asked_price
from actions.resolve.words import split_words
from actions.shopping.browsing import Browsing
from actions.shopping.shelf import Shelf
from shop.model import Product
from shop.prices import lowest

_CHEAP = (Price.LOWEST, Price.LOWER)
_POINTS = re.compile(
    r"\b(?:it|its|it['\u2019]s|this|that|these|those|them|they|(?:this|that|the) (?:one|thing))\b",
    re.IGNORECASE,
)
_NAMESAKES = 10  # of the catalogue that are looked at for a name
_NAME_WORDS = 3  # the longest name: "noise cancelling headphones"


async def which_product(text: str, browsing: Browsing, shelf: Shelf) -> Resolution[Product]:
    """Returns the product that a text is about, or those that it may be about.

    What was shown comes before the rest of the shop; what is pointed at is what was spoken of last.
    """
    shown = await shelf.find(browsing.shown)
    focus = await shelf.find([browsing.product] if browsing.product else [])
    if focus and browsing.question == text:  # the answer to "which one?"
        return _these(focus)
    if (among := named_among(text, shown)).choices or (among := _told_apart(text, shown)).choices:
        return among
    if focus and (_POINTS.search(text) or named_among(text, focus).choices):
        return _these(focus)
    if (known := _by_name(text, await namesakes(text, shelf))).choices:
        return known
    return _these(focus or shown)


async def namesakes(text: str, shelf: Shelf) -> list[Product]:
    """Returns products of the whole shop that a text may name: by all its words, and by the first."""
    search = shelf.services.catalogue.search
    telling = [word.text for word in split_words(text) if word.has_content]
    hits = [*search(text, _NAMESAKES), *search(" ".join(telling[:_NAME_WORDS]), _NAMESAKES)]
    return await shelf.find(list(dict.fromkeys(hit.product_id for hit in hits)))


def named_among(text: str, products: Sequence[Product]) -> Resolution[Product]:
    """Returns which of some products a text means by place, by price or by name."""
    folded = text.casefold()
    if (place := ordinal(folded)) is not None and -1 <= place < len(products):
        return _these(products[place:][:1])
    if (order := asked_price(folded)) and len(products) > 1:
        extreme = min if order in _CHEAP else max
        price = extreme(lowest(product).minor for product in products)
        return _these([each for each in products if lowest(each).minor == price])
    return _by_name(text, products)


def _by_name(text: str, products: Sequence[Product]) -> Resolution[Product]:
    """Returns the product that is named first: "has the laptop stand a fan" is about the stand."""
    found = anchors(split_words(text), [title(product.title) for product in products])
    for spot in found:
        if max(spot.scores) >= ENOUGH:
            pairs = zip(products, spot.scores, strict=True)
            return Resolution.ranked(
                Candidate(one, score, ("by its name",)) for one, score in pairs
            )
    return Resolution()


def _told_apart(text: str, shown: Sequence[Product]) -> Resolution[Product]:
    """Returns the product whose title has the words that the others have not, or its number."""
    if len(shown) < 2:  # noqa: PLR2004
        return Resolution()
    found = which_choice(text, [product.title for product in shown])
    return Resolution(tuple(Candidate(shown[c.value], c.score, c.why) for c in found.candidates))


def all_named(text: str, products: Sequence[Product]) -> list[Product]:
    """Returns all the products that a text names, by place or by name, in the order of the text."""
    words = split_words(text)
    found: dict[str, Product] = {}
    for word in words:
        place = ordinal(word.text)
        if place is not None and -1 <= place < len(products):
            found[products[place].id] = products[place]
    for spot in anchors(words, [title(product.title) for product in products]):
        best = max(spot.scores)
        meant = [p for p, score in zip(products, spot.scores, strict=True) if score == best]
        if len(meant) == 1:
            found[meant[0].id] = meant[0]
    return list(found.values())


def _these(products: Sequence[Product]) -> Resolution[Product]:
    return Resolution(tuple(Candidate(product, 1.0) for product in products))
