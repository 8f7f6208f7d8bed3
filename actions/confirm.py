"""Takes a plain yes or no for what the bot has just offered."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_said, last_response, offered_choices
from actions.skill import SkillAction


class Affirm(SkillAction):
    """A single choice is a yes-or-no offer; a yes to several leaves open to which."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_affirm"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Goes on as if the offered button had been pressed, or asks which of several."""
        match choices := offered_choices(tracker):
            case [{"payload": payload}] if payload[1:].isidentifier():
                return as_if_said(payload[1:], payload)
            case [_, _, *_]:
                dispatcher.utter_message(response="utter_choose_which", buttons=choices)
            case _:
                dispatcher.utter_message(response="utter_what_yes")
        return []


class Deny(SkillAction):
    """A no to "did you mean" leaves open what was meant; any other is accepted."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_deny"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Asks for other words, or leaves it there."""
        is_open = last_response(tracker) == "utter_did_you_mean"
        dispatcher.utter_message(response="utter_rephrase" if is_open else "utter_all_right")
        return []
