"""Tells what a thing is from what it is for: a laptop bag is no laptop, though it speaks of one."""

import re
from collections.abc import Set as AbstractSet

from knowledge.words import Words
from shop.model import Product

_FOR = re.compile(r"\b(?:for|fits?|compatible with)\b", re.IGNORECASE)
_WITH = re.compile(r"\b(?:with|incl|including|plus)\b", re.IGNORECASE)
_REACH = 2  # "laptop bag", "laptop privacy filter"


def called(product: Product, words: Words) -> set[str]:
    """Returns the word that the shop's own category has for the product: `Computers > Laptops`."""
    category = list(words.in_order(product.category.rpartition(">")[2]))
    return set(category[-1:])


def made_for(product: Product, words: Words, accessories: AbstractSet[str]) -> set[str]:
    """Returns the words that say what the product is for, not what it is.

    They stand before the name of an accessory or behind a "for", and nowhere else in its title.
    """
    itself, *others = _FOR.split(product.title, maxsplit=1)
    order = list(words.in_order(_WITH.split(itself)[0]))
    purpose = {word for other in others for word in words.in_order(other)}
    being = set(words.in_order(product.brand))
    for at, word in enumerate(order):
        before_one = not accessories.isdisjoint(order[at + 1 : at + 1 + _REACH])
        (purpose if before_one else being).add(word)
    return purpose - being


def asked_for(query: str, words: Words, accessories: AbstractSet[str]) -> set[str]:
    """Returns the words of the thing that a query asks for; none if it asks for an accessory."""
    thing = _WITH.split(_FOR.split(query)[0])[0]
    asked = set(words.in_order(thing))
    return set() if asked & accessories else asked
