"""Answers a question from the shop's own documents, or says that it cannot."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import message
from actions.skill import SkillAction

_SURE = 0.45  # score below which a passage is about something else


class AskPolicy(SkillAction):
    """Reads out the passage that answers."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_ask_policy"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with the best passage, or asks what the question is."""
        question = message(tracker)
        if question is None:
            dispatcher.utter_message(response="utter_ask_question")
            return []
        for passage in self.services.policies.best(question, 1):
            if passage.score >= _SURE:
                dispatcher.utter_message(
                    response="utter_policy_passage", title=passage.title, passage=passage.text
                )
                return []
        dispatcher.utter_message(response="utter_policy_unknown")
        return []
