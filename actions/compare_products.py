"""Puts products side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.cards.products import price_words, stock_words
from actions.dialogue import locale, message
from actions.shopping.browsing import Browsing
from actions.shopping.reference import all_named, namesakes
from actions.shopping.shelf import Shelf
from actions.skill import SkillAction
from shop.model import Product

_TWO = 2
_MOST = 3  # products side by side
_DETAILS = 6  # attributes of each


class CompareProducts(SkillAction):
    """Says what two or three products cost, whether they are there, and how they differ."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_compare_products"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Compares what was named, else what was shown; asks if that is not clear."""
        browsing, said = Browsing.of(tracker), message(tracker) or ""
        shelf = Shelf(self.services, dispatcher, locale(tracker))
        products = await self._meant(said, browsing, shelf)
        if not _TWO <= len(products) <= _MOST:
            dispatcher.utter_message(response="utter_ask_what_to_compare")
            return []
        lines = "\n".join(self._lines(products, shelf.locale))
        dispatcher.utter_message(response="utter_compared", lines=lines)
        return [replace(browsing, shown=tuple(each.id for each in products), product=None).kept()]

    async def _meant(self, said: str, browsing: Browsing, shelf: Shelf) -> list[Product]:
        shown = await shelf.find(browsing.shown)
        if len(named := all_named(said, shown)) >= _TWO:
            return named
        if len(named := all_named(said, await namesakes(said, shelf))) >= _TWO:
            return named
        return shown

    def _lines(self, products: Sequence[Product], locale: str) -> Iterator[str]:
        """Yields a block a product: its price, its stock and what the shop says of it."""
        wording = self.services.wording
        for product in products:
            yield wording.say(
                "utter_compared_product",
                title=product.title,
                price=price_words(product, wording, locale),
                stock=stock_words(product.stock, wording),
            )
            for name, value in _details(product, products):
                yield wording.say("utter_compared_detail", name=name, value=value)


def _details(product: Product, products: Sequence[Product]) -> list[tuple[str, str]]:
    """Returns the attributes of a product, those first that all have."""
    shared = set.intersection(*(set(each.attributes) for each in products))
    return sorted(product.attributes.items(), key=lambda pair: pair[0] not in shared)[:_DETAILS]
