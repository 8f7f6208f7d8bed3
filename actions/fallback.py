"""Says that the customer was not understood: what may be meant, then other words, then a person."""

import json
from collections.abc import Iterator

from rasa_sdk.events import EventType, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.agenda.intake import requests_in
from actions.correct import corrected
from actions.dialogue import as_if_said, intents, last_response, message
from actions.feeling import feeling
from actions.language import foreign_language, language_name
from actions.self_service import KINDS
from actions.skill import SkillAction

ANSWERS = {"utter_ask_search_query": "search_products", "utter_ask_question": "ask_policy"}
"""What any words mean when they come as the answer to a question that the bot has just asked."""

NEXT = {
    "utter_did_you_mean": "utter_rephrase",
    "utter_rephrase": "utter_still_not_understood",
    "utter_still_not_understood": "utter_still_not_understood",
    "utter_still_not_understood_about": "utter_still_not_understood",
}
"""What is said if the customer is not understood after this either."""

_CHOICES = 2
_CONCEIVABLE = 0.05  # confidence from which an intent is worth asking about
_GRAVE = 0.2  # confidence from which somebody may be in danger: better once too often


class Fallback(SkillAction):
    """Answers what no rule answers."""

    def name(self) -> str:
        """Returns the name that the rules and the policy use."""
        return "action_fallback"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Reads the words as an answer if the bot has just asked, else says it did not understand."""
        text = message(tracker)
        if text and (intent := self._understood_after_all(text, tracker)):
            return as_if_said(intent, text)
        self._say(dispatcher, text or "", tracker)
        # a form asks again; and where no rule knows the intent, none says it is the customer's turn
        return [FollowupAction(tracker.active_loop_name or "action_listen")]

    def _understood_after_all(self, text: str, tracker: Tracker) -> str | None:
        """Returns what the message is about by other signs than its likeliest intent."""
        asked = last_response(tracker)
        if dict(_ranking(tracker)).get("crisis", 0) >= _GRAVE:
            return "crisis"
        if asked == "utter_other_language" and foreign_language(text):
            return "contact_human_agent"
        if asked in ANSWERS:
            return ANSWERS[asked]
        if tracker.active_loop_name:
            return None
        found = requests_in(text, "", KINDS, self.services.understanding)
        return found[0].kind if found else self._put_right(text)

    def _put_right(self, text: str) -> str | None:
        """Returns what is understood of a message without the words that correct: "no, I meant"."""
        meant = corrected(text)
        if not meant or meant == text:
            return None
        parsed = self.services.understanding.parse(meant)
        return str(parsed["intent"]) if parsed["accepted"] else None

    def _say(self, dispatcher: CollectingDispatcher, text: str, tracker: Tracker) -> None:
        if code := foreign_language(text):
            self._say_in(code, dispatcher)
        elif next(intents(tracker), "") == "out_of_scope":
            dispatcher.utter_message(response="utter_out_of_scope")
        elif tracker.active_loop_name:
            dispatcher.utter_message(response="utter_no_answer")
        else:
            self._ask_back(dispatcher, text, tracker)

    def _say_in(self, code: str, dispatcher: CollectingDispatcher) -> None:
        """Says what the bot speaks, in the customer's language where the words are there."""
        wording, desk = self.services.wording, self.services.shop.policy.desk
        dispatcher.utter_message(
            response="utter_other_language",
            languages=wording.listed(desk.languages),
            own=wording.templates.get(f"utter_other_language_{code}", language_name(code)),
        )

    def _ask_back(self, dispatcher: CollectingDispatcher, text: str, tracker: Tracker) -> None:
        likely = list(self._likely(tracker))
        step = NEXT.get(last_response(tracker), "utter_did_you_mean")
        if feeling(tracker).is_upset:
            step = "utter_still_not_understood"  # whoever is upset wants no riddles
        match step, likely:
            case "utter_did_you_mean", [_, *_]:
                dispatcher.utter_message(response=step, buttons=self._offers(likely, text))
            case "utter_did_you_mean", _:
                dispatcher.utter_message(response="utter_rephrase")
            case "utter_still_not_understood", [(_, topic), *_]:
                dispatcher.utter_message(response=f"{step}_about", topic=topic)
            case _:
                dispatcher.utter_message(response=step)

    def _likely(self, tracker: Tracker) -> Iterator[tuple[str, str]]:
        """Yields the intents that may be meant, likeliest first, with what customers call them."""
        templates = self.services.wording.templates
        for intent, confidence in _ranking(tracker):
            title = templates.get(f"utter_offer_{intent}") or templates.get(
                f"utter_usual_question_{intent}"
            )
            if title and confidence >= _CONCEIVABLE:
                yield intent, title

    def _offers(self, likely: list[tuple[str, str]], text: str) -> list[dict[str, str]]:
        buttons = [
            {
                "title": title,
                "payload": f"/choose_option{json.dumps({'meant': intent, 'said': text})}",
            }
            for intent, title in likely[:_CHOICES]
        ]
        return [
            *buttons,
            {"title": self.services.wording.say("utter_something_else"), "payload": "/deny"},
        ]


def _ranking(tracker: Tracker) -> list[tuple[str, float]]:
    ranking = tracker.latest_message.get("intent_ranking") or []
    return [
        (each["name"], each["confidence"]) for each in ranking if each["name"] != "nlu_fallback"
    ]
