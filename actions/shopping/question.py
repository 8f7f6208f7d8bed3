"""What all questions about one product share: which one is meant, asked back where that is open."""

import json
from abc import abstractmethod
from dataclasses import replace
from typing import ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_said, locale, message
from actions.shopping.browsing import Browsing
from actions.shopping.reference import which_product
from actions.shopping.shelf import Shelf
from actions.skill import SkillAction
from shop.model import Product

CHOICE = "/choose_product"  # what a product's button stands for
_CHOICES = 4


class ProductQuestion(SkillAction):
    """Answers a question about a product that was shown, spoken of or named."""

    intent: ClassVar[str]

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers about the one product that is meant, or asks which; without any, it searches."""
        browsing, said = Browsing.of(tracker), message(tracker)
        if said is None:
            dispatcher.utter_message(response="utter_ask_search_query")
            return []
        shelf = Shelf(self.services, dispatcher, locale(tracker))
        choices = (await which_product(said, browsing, shelf)).choices
        if not choices:
            return as_if_said("search_products", said)
        if len(choices) > 1:
            asking = replace(
                browsing,
                shown=tuple(each.id for each in choices[:_CHOICES]),
                product=None,
                question=said,
                skill=self.intent,
            )
            dispatcher.utter_message(
                response="utter_ask_which_product", buttons=buttons(choices[:_CHOICES])
            )
            return [asking.kept()]
        browsing = browsing.about(choices[0])
        return [(await self.tell(choices[0], said, browsing, shelf)).kept()]

    @abstractmethod
    async def tell(
        self, product: Product, question: str, browsing: Browsing, shelf: Shelf
    ) -> Browsing:
        """Says the answer and returns what was shown with it."""


def buttons(products: tuple[Product, ...]) -> list[dict[str, str]]:
    """Returns a button for each product."""
    return [
        {
            "title": product.title,
            "payload": f"{CHOICE}{json.dumps({'choice': product.id})}",
        }
        for product in products
    ]
