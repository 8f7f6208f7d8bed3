"""Finds products for a look around, and shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rasa_sdk.executor import CollectingDispatcher

from actions.cards.products import cards_reply
from actions.services import Services
from actions.shopping.browsing import Browsing
from shop.model import Product

_CARDS = 5
_NEAREST = 3
_DEEP = 200  # how many are looked through for those within the limits
_LONGEST_NAME = 40  # characters of what the customer looks for, to be said again


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the shop has to show in one turn of a conversation."""

    services: Services
    dispatcher: CollectingDispatcher
    locale: str

    async def show(self, browsing: Browsing, introduction: str = "utter_found") -> Browsing:
        """Shows what fits, says what comes nearest where nothing does, and returns what was shown.

        What the browsing has seen is not shown again.
        """
        hits = self.services.catalogue.search(browsing.query, _DEEP)
        fitting = [hit.product_id for hit in hits if hit.fits]
        products = await self.find(fitting or [hit.product_id for hit in hits[:_NEAREST]])
        if not products:
            self.dispatcher.utter_message(response="utter_nothing_found")
            return replace(browsing, shown=())
        if not fitting:
            is_short = len(browsing.query) <= _LONGEST_NAME
            return self.put(browsing, products, "utter_nearest" if is_short else "utter_near_that")
        kept = browsing.limits.sift(products)
        unseen = [product for product in kept if product.id not in browsing.seen]
        if unseen:
            return self.put(browsing, unseen[:_CARDS], introduction)
        self.dispatcher.utter_message(
            response="utter_no_more_found" if kept else "utter_none_within_limits"
        )
        return browsing

    def put(self, browsing: Browsing, products: Sequence[Product], introduction: str) -> Browsing:
        """Shows these products under an introduction; returns what was shown."""
        response = introduction if len(products) > 1 else f"{introduction}_one"
        said = self.services.wording.say(response, query=browsing.query)
        reply = cards_reply(products, said, self.services.wording, self.locale)
        self.dispatcher.utter_message(json_message=dict(reply))
        return browsing.showing(products)

    async def find(self, ids: Sequence[str]) -> list[Product]:
        """Returns the products with these ids, in their order."""
        async with self.services.shop.snapshot() as records:
            return await records.catalogue.find(list(ids))
