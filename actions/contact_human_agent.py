"""Hands the conversation over to a person as soon as the customer asks for one."""

from typing import ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import last_response
from actions.handoff import hand_over
from actions.skill import SkillAction


class ContactHumanAgent(SkillAction):
    """Asks no question back."""

    is_soothing: ClassVar[bool] = False
    reasons: ClassVar[dict[str, str]] = {
        "utter_still_not_understood": "not-understood",
        "utter_still_not_understood_about": "not-understood",
        "utter_tracking_given_up": "not-understood",
        "utter_policy_unknown": "not-understood",
        "utter_other_language": "language",
        "utter_complaint": "complaint",
        "utter_failed": "failed",
    }
    """Why a person is needed, by what the bot had said before; otherwise the customer just asked."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_contact_human_agent"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with the handoff."""
        reason = self.reasons.get(last_response(tracker), "asked")
        return await hand_over(reason, dispatcher, tracker, self.services)
