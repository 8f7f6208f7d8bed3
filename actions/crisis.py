"""Brings somebody who may be in danger to a person, with whom to call until then."""

from typing import ClassVar

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.handoff import hand_over
from actions.skill import SkillAction


class Crisis(SkillAction):
    """Says whom to call, and hands over at once, whatever else was going on."""

    is_soothing: ClassVar[bool] = False

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_crisis"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with the helpline that the shop has configured, if any, and the handoff."""
        say, helpline = self.services.wording.say, self.services.shop.policy.desk.helpline
        said = [say("utter_crisis")]
        if helpline:
            said.append(say("utter_crisis_helpline", helpline=helpline))
        first = " ".join((*said, say("utter_crisis_handoff")))
        return await hand_over("crisis", dispatcher, tracker, self.services, first=first)
