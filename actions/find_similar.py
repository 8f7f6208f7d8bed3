"""Finds what is like a product."""

from typing import ClassVar

from actions.shopping.browsing import Browsing
from actions.shopping.question import ProductQuestion
from actions.shopping.shelf import Shelf
from shop.model import Product

_CARDS = 4


class FindSimilar(ProductQuestion):
    """Shows what comes nearest to one product."""

    intent: ClassVar[str] = "find_similar"

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_find_similar"

    async def tell(
        self,
        product: Product,
        question: str,  # noqa: ARG002
        browsing: Browsing,
        shelf: Shelf,
    ) -> Browsing:
        """Shows others of the same category; says so if there is none."""
        ids = self.services.catalogue.similar(product.id, _CARDS)
        others = [each for each in await shelf.find(ids) if each.category == product.category]
        if others:
            return shelf.put(Browsing(query=product.title), others, "utter_similar")
        shelf.dispatcher.utter_message(response="utter_nothing_similar", title=product.title)
        return browsing
