"""Takes one of the choices that were offered where the customer names it: "the second one"."""

import re

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_chosen, as_if_said, message, offered_choices
from actions.resolve import which_choice
from actions.shopping.browsing import Browsing
from actions.skill import SkillAction

_FILLER = re.compile(r"\b(?:please|pls|thanks?(?: you)?)\b", re.IGNORECASE)


class ChooseOption(SkillAction):
    """Goes on as if the button had been pressed; where it is not clear which, it asks."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_choose_option"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Takes the choice, or what "did you mean" was answered with."""
        meant = next(tracker.get_latest_entity_values("meant"), None)
        if meant:
            return as_if_said(meant, next(tracker.get_latest_entity_values("said"), ""))
        if payload := named_choice(tracker):
            return as_if_chosen(payload)
        if choices := offered_choices(tracker):
            dispatcher.utter_message(response="utter_choose_which", buttons=choices)
        elif Browsing.of(tracker).shown:
            return as_if_said("choose_product", message(tracker) or "")
        else:
            dispatcher.utter_message(response="utter_no_choice")
        return []


def named_choice(tracker: Tracker) -> str | None:
    """Returns what the choice stands for that the message names; None if it is not clear which."""
    choices = offered_choices(tracker)
    text = _FILLER.sub(" ", message(tracker) or "")
    place = which_choice(text, [choice["title"] for choice in choices]).winner
    return None if place is None else choices[place]["payload"]
