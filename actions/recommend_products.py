"""Recommends products for what a customer says they need."""

from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import locale, message
from actions.shopping.asked import asked_for
from actions.shopping.browsing import Browsing
from actions.shopping.shelf import Shelf
from actions.skill import SkillAction


class RecommendProducts(SkillAction):
    """Shows what is in stock and comes nearest to a purpose."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_recommend_products"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with cards, or asks what it is for."""
        query, limits = asked_for(message(tracker) or "")
        if not query:
            dispatcher.utter_message(response="utter_ask_purpose")
            return []
        shelf = Shelf(self.services, dispatcher, locale(tracker))
        browsing = Browsing(query=query, limits=replace(limits, in_stock=True))
        return [(await shelf.show(browsing, "utter_recommended")).kept()]
