"""Finds products by what the customer says they want."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.agenda.intake import wished_kind
from actions.dialogue import as_if_said, locale, message
from actions.shopping.asked import asked_for
from actions.shopping.browsing import Browsing
from actions.shopping.shelf import Shelf
from actions.skill import SkillAction


class SearchProducts(SkillAction):
    """Shows what the catalogue has for a query, within the limits that it names."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_search_products"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with cards, or asks what to look for."""
        said = message(tracker) or ""
        if (kind := wished_kind(said)) and not tracker.active_loop_name:
            return as_if_said(kind, said)  # a request that also speaks of products
        query, limits = asked_for(said)
        if not query:
            dispatcher.utter_message(response="utter_ask_search_query")
            return []
        shelf = Shelf(self.services, dispatcher, locale(tracker))
        return [(await shelf.show(Browsing(query=query, limits=limits))).kept()]
