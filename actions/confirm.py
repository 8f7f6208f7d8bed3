"""Takes a plain yes for what the bot has just offered."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_said, offered
from actions.skill import SkillAction


class Affirm(SkillAction):
    """A single choice is a yes-or-no offer; a yes to anything else leaves open to what."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_affirm"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Goes on as if the offered button had been pressed."""
        match offered(tracker):
            case [payload] if payload[1:].isidentifier():
                return as_if_said(payload[1:], payload)
        dispatcher.utter_message(response="utter_what_yes")
        return []
