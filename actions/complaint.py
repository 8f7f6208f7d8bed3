"""Takes anger seriously: a sorry and a person on offer, and the person at once if it goes on."""

from typing import ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import PERSON, intents, offered
from actions.feeling import feeling
from actions.handoff import hand_over
from actions.skill import SkillAction


class Complaint(SkillAction):
    """Answers a complaint and an insult."""

    is_soothing: ClassVar[bool] = False  # the answer is a sorry itself

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_complaint"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Offers a person; who was offered one and is still upset gets one."""
        if (
            PERSON in offered(tracker)
            and feeling(tracker).is_upset
            and not tracker.active_loop_name
        ):
            return await hand_over("complaint", dispatcher, tracker, self.services)
        is_insult = next(intents(tracker), "") == "insult"
        dispatcher.utter_message(response="utter_insult" if is_insult else "utter_complaint")
        return []
