"""Puts right what the bot took the wrong way: "no, I meant SK-1002"."""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_said, intents, message
from actions.skill import SkillAction

_LEAD = re.compile(
    r"""\A\W*(?:(?:no+|nope|nah|sorry|oops|ups|wait|hm+|actually|well|correction|typo|my\ mistake)\b\W*)*
    (?:(?:i|we)\ (?:really\ |only\ )?(?:meant|mean|said|want(?:ed)?|asked\ (?:for|about)
        |was\ (?:asking|talking)\ about)\b
      |(?:it|that)(?:['\u2019]?s|\ is)\b)?\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT = re.compile(r"\bnot\b[^,;.]*[,;.]?|\bbut\b", re.IGNORECASE)
_SAME_AGAIN = {"search_products"}  # what other words do again: a question, a search
_SLOTS = ("order_number", "email", "postcode")


class Correct(SkillAction):
    """Takes the words that correct for what was wanted in the first place."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_correct"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Goes on with what is meant, or asks for it."""
        meant = corrected(message(tracker) or "")
        if meant and not tracker.active_loop_name:
            parsed = self.services.understanding.parse(meant)
            found = {entity["entity"] for entity in parsed["entities"]}
            if found & set(_SLOTS):  # which Rasa has put into their slots
                return [*as_if_said("track_order", meant), *_without_old_proof(found)]
            if parsed["accepted"] and parsed["intent"] not in {"correct", "deny", "affirm"}:
                return as_if_said(parsed["intent"], meant)
            earlier = next((intent for intent in intents(tracker) if intent != "correct"), "")
            if earlier in _SAME_AGAIN:
                return as_if_said(earlier, meant)
        dispatcher.utter_message(response="utter_corrected")
        return []


def corrected(text: str) -> str:
    """Returns what a correction says instead: "no, not the kettle, the toaster" → "the toaster"."""
    return _NOT.sub(" ", _LEAD.sub("", text, count=1)).strip(" ,.;:!?")


def _without_old_proof(found: set[str]) -> list[EventType]:
    return [] if found & {"email", "postcode"} else [SlotSet("proof", None)]
