"""Tells whether a product is in stock, in the options that a customer names."""

from collections.abc import Sequence
from typing import ClassVar

from actions.cards.products import stock_words
from actions.resolve.values import options_of, spoken_values
from actions.resolve.wish import COLORS
from actions.resolve.words import split_words
from actions.shopping.browsing import Browsing
from actions.shopping.limits import having
from actions.shopping.question import ProductQuestion
from actions.shopping.shelf import Shelf
from shop.model import Product, Variant

_MANY = 6  # variants that are told one by one


class CheckStock(ProductQuestion):
    """Says what is there of one product."""

    intent: ClassVar[str] = "check_stock"

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_check_stock"

    async def tell(
        self, product: Product, question: str, browsing: Browsing, shelf: Shelf
    ) -> Browsing:
        """Tells the stock of the options that are named, else of all."""
        variants = self._meant(product, question)
        response = "utter_stock" if variants else "utter_stock_no_such_option"
        shelf.dispatcher.utter_message(
            response=response,
            title=product.title,
            stock=self._listed(variants or product.variants),
        )
        return browsing

    @staticmethod
    def _meant(product: Product, question: str) -> Sequence[Variant]:
        """Returns the variants with the options named in a question; none if there are no such."""
        words = split_words(question)
        said = spoken_values(words, options_of(product))
        spoken = {i for one in said for i in range(one.first, one.last + 1)}
        if any(word.text in COLORS and i not in spoken for i, word in enumerate(words)):
            return ()
        return having(product, " ".join(words[i].text for i in sorted(spoken)))

    def _listed(self, variants: Sequence[Variant]) -> str:
        wording = self.services.wording
        if len(variants) > _MANY or not variants[0].options:
            return stock_words(sum(each.stock for each in variants), wording)
        lines = (
            f"{', '.join(each.options.values())}: {stock_words(each.stock, wording)}"
            for each in variants
        )
        return "\n".join(lines)
