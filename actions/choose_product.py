"""Takes up the product that a customer chooses among those that were shown."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_said, chosen, locale, message, offered
from actions.shopping.browsing import Browsing
from actions.shopping.question import CHOICE
from actions.shopping.reference import which_product
from actions.shopping.shelf import Shelf
from actions.skill import SkillAction
from shop.model import Product


class ChooseProduct(SkillAction):
    """Goes on with the question that was open, else tells more of the product."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_choose_product"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers for one product; asks in other words if it is not clear which."""
        said = message(tracker)
        if said and not all(each.startswith(CHOICE) for each in offered(tracker)):
            return as_if_said("choose_option", said)  # one of the buttons
        browsing = Browsing.of(tracker)
        shelf = Shelf(self.services, dispatcher, locale(tracker))
        product = await self._chosen(tracker, browsing, shelf)
        if product is None:
            dispatcher.utter_message(response="utter_which_product_unclear")
            return []
        if browsing.question:
            about = replace(browsing, product=product.id)
            return [about.kept(), *as_if_said(browsing.skill, browsing.question)]
        dispatcher.utter_message(
            response="utter_product_details", title=product.title, description=product.description
        )
        return [shelf.put(browsing, [product], "utter_chosen").kept()]

    async def _chosen(self, tracker: Tracker, browsing: Browsing, shelf: Shelf) -> Product | None:
        if (product_id := chosen(tracker)) is not None:
            return next(iter(await shelf.find([product_id])), None)
        said = message(tracker)
        return (await which_product(said, browsing, shelf)).winner if said else None
