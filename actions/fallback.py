"""Says that the customer was not understood: first asks for other words, then offers a person."""

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.agenda.intake import requests_in
from actions.dialogue import as_if_said, intents, last_response, message
from actions.self_service import KINDS
from actions.skill import SkillAction

ANSWERS = {"utter_ask_search_query": "search_products", "utter_ask_question": "ask_policy"}
"""What any words mean when they come as the answer to a question that the bot has just asked."""


class Fallback(SkillAction):
    """Answers what no rule answers."""

    def name(self) -> str:
        """Returns the name that the rules and the policy use."""
        return "action_fallback"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Reads the words as an answer if the bot has just asked, else says it did not understand."""
        asked, text = last_response(tracker), message(tracker)
        if text and asked in ANSWERS:
            return as_if_said(ANSWERS[asked], text)
        if text and not tracker.active_loop_name and (kind := self._begun(text)):
            return as_if_said(kind, text)
        if next(intents(tracker), "") == "out_of_scope":
            dispatcher.utter_message(response="utter_out_of_scope")
            return []
        if form := tracker.active_loop_name:
            dispatcher.utter_message(response="utter_no_answer")
            return [FollowupAction(form)]  # which asks again
        again = asked == "utter_rephrase"
        dispatcher.utter_message(
            response="utter_still_not_understood" if again else "utter_rephrase"
        )
        # where no rule knows the intent, none says either that it is the customer's turn
        return [FollowupAction("action_listen")]

    def _begun(self, text: str) -> str | None:
        """Returns the kind of the first request that a part of the message makes."""
        found = requests_in(text, "", KINDS, self.services.understanding)
        return found[0].kind if found else None
