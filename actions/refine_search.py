"""Narrows down what was shown last, or shows more of it."""

import re
from dataclasses import replace

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_said, locale, message
from actions.resolve.wish import Price
from actions.shopping.asked import asked_for
from actions.shopping.browsing import Browsing
from actions.shopping.limits import Limits, telling
from actions.shopping.shelf import Shelf
from actions.skill import SkillAction
from shop.model import Product
from shop.prices import lowest, major

_MORE = re.compile(
    r"\b(?:more|others?|another|next|different|else|remaining|rest|further)\b", re.IGNORECASE
)
_OF_THEM = re.compile(
    r"\b(?:with|without|not|in|of|from|for|ones?|these|those|them)\b", re.IGNORECASE
)


class RefineSearch(SkillAction):
    """Shows what of the last search is within one more limit."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_refine_search"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with cards; without a search before, it searches for what was said."""
        browsing, said = Browsing.of(tracker), message(tracker) or ""
        if not browsing.query:
            return as_if_said("search_products", said)
        shelf = Shelf(self.services, dispatcher, locale(tracker))
        rest, limits = asked_for(said)
        more = replace(limits, having=telling(_MORE.sub(" ", rest)))
        if more.having and await self._is_another_thing(more.having, browsing, shelf):
            return as_if_said("search_products", said)
        if more == Limits():  # "show me more"
            return [(await shelf.show(browsing, "utter_found_more")).kept()]
        beyond = _beyond(more.price, await shelf.find(browsing.shown))
        narrowed = replace(browsing, limits=browsing.limits | more | beyond, seen=())
        shown = await shelf.show(narrowed, "utter_found_within_limits")
        return [(browsing if shown == narrowed else shown).kept()]  # a limit too many is not kept

    async def _is_another_thing(self, said: str, browsing: Browsing, shelf: Shelf) -> bool:
        """Tells whether words are no property of what was shown, but something else in the shop."""
        shown = await shelf.find(browsing.shown)
        if _OF_THEM.search(said) or Limits(having=said).sift(shown):
            return False
        return any(hit.fits for hit in self.services.catalogue.search(said, 1))


def _beyond(price: Price | None, shown: list[Product]) -> Limits:
    """Returns what "cheaper" and "more expensive" mean beside what was shown."""
    amounts = sorted(major(lowest(product)) for product in shown)
    if price is Price.LOWER and amounts:
        return Limits(at_most=amounts[-1] - 1 if len(amounts) == 1 else amounts[-2])
    if price is Price.HIGHER and amounts:
        return Limits(at_least=amounts[0] + 1 if len(amounts) == 1 else amounts[1])
    return Limits()
