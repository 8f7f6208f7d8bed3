"""Finds products by what the customer says they want."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.agenda.intake import wished_kind
from actions.cards.products import cards_reply
from actions.dialogue import as_if_said, locale, message
from actions.skill import SkillAction

_CARDS = 5

_LEAD_IN = re.compile(
    r"""^(?: hi | hello | hey | please | ok | so | and | well | yes | then
    | (?: do | would | can | could | will ) \s+ (?: you | u | ya | i | we )
    | (?: have | has ) \s+ you
    | (?: are | is ) \s+ there | got
    | i['\u2019]?m | i \s+ am | i['\u2019]?d | i['\u2019]?ll | i | we
    | want | wanna | need | like | would | could | use | have | buy | order | purchase
    | look(?:ing|in)? | search(?:ing)? | find | show | see | tell | give | get | recommend | suggest
    | sell | carry | stock | offer | to | for | me | my | us | some | something | any | a | an | the
    | what | which | kinds? \s+ of | got
    )\b [\s,:]*""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD_OUT = re.compile(
    r"[\s,]*\b(?:please|pls|thanks|thank you|do you have|in stock|for sale)\W*$", re.IGNORECASE
)


class SearchProducts(SkillAction):
    """Shows what the catalogue has for a query."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_search_products"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with cards, or asks what to look for."""
        said = message(tracker) or ""
        if (kind := wished_kind(said)) and not tracker.active_loop_name:
            return as_if_said(kind, said)  # a request that also speaks of products
        query = wanted(said)
        if not query:
            dispatcher.utter_message(response="utter_ask_search_query")
            return []
        hits = self.services.catalogue.search(query, _CARDS)
        async with self.services.shop.snapshot() as records:
            products = await records.catalogue.find([hit.product_id for hit in hits])
        if products:
            reply = cards_reply(products, self.services.wording, locale(tracker))
            dispatcher.utter_message(json_message=dict(reply))
        else:
            dispatcher.utter_message(response="utter_nothing_found")
        return []


def wanted(text: str) -> str:
    """Returns what a sentence asks for, without the asking: "do you sell red mugs?" → "red mugs"."""
    text = _LEAD_OUT.sub("", text.strip())
    while shorter := _LEAD_IN.sub("", text, count=1):
        if shorter == text:
            return text.strip(" ?!.,")
        text = shorter
    return ""
