"""Answers what a customer asks about a product, with what the shop's records say of it."""

import re
from collections.abc import Sequence
from typing import ClassVar

from actions.cards.products import price_words
from actions.resolve.values import named_options, options_of, spoken_values
from actions.resolve.words import Word, split_words, word_set
from actions.shopping.browsing import Browsing
from actions.shopping.facts import fact_for
from actions.shopping.question import ProductQuestion
from actions.shopping.shelf import Shelf
from shop.model import Product

_PRICE = re.compile(
    r"\b(?:price|prices|cost|costs|expensive|how much (?:is|are|for|does|do))\b", re.IGNORECASE
)
_VARIETY = re.compile(
    r"\b(?:come|comes|available|have|get|got|there) (?:it |this |that |them |one )?(?:also )?in\b"
    r"|\b(?:which|what|other|different) (?:colou?rs?|sizes?|versions?|options?|variants?)\b",
    re.IGNORECASE,
)
_COLORS = word_set("colour colours colors coloured")


class AskProductQuestion(ProductQuestion):
    """Quotes price, options, attributes or description; says so where they do not tell."""

    intent: ClassVar[str] = "ask_product_question"

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_ask_product_question"

    async def tell(
        self, product: Product, question: str, browsing: Browsing, shelf: Shelf
    ) -> Browsing:
        """Names the product with each answer, so that a wrong one is noticed."""
        say = shelf.dispatcher.utter_message
        if _PRICE.search(question):
            price = price_words(product, self.services.wording, shelf.locale)
            say(response="utter_product_price", title=product.title, price=price)
        elif values := self._options(product, question):
            say(response="utter_product_options", title=product.title, options=values)
        elif fact := fact_for(question, product, self.services.meaning):
            response = "utter_product_fact" if fact.answers else "utter_product_nearest_fact"
            say(response=response, title=product.title, fact=fact.text)
        else:
            say(response="utter_product_unknown", title=product.title)
        return browsing

    def _options(self, product: Product, question: str) -> str:
        """Returns all values of the options that a question is about; there are no others."""
        words, options = split_words(question), options_of(product)
        asked = {one.option for one in spoken_values(words, options)} | {
            *named_options(words, options)
        }
        if not asked and (_VARIETY.search(question) or _speaks_of(words, _COLORS)):
            asked = set(options)
        listed = (
            f"{option}: {self.services.wording.listed(options[option])}"
            for option in options
            if option in asked
        )
        return "; ".join(listed)


def _speaks_of(words: Sequence[Word], texts: frozenset[str]) -> bool:
    return any(word.text in texts for word in words)
