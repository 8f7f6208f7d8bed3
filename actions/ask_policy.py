"""Answers a question from the shop's own documents, or says that it cannot."""

import json
from collections.abc import Sequence

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.agenda.intake import wished_kind
from actions.dialogue import as_if_said, message
from actions.services import Passage
from actions.skill import SkillAction

_SURE = 0.36  # score below which a passage is about something else
_NEAR = 0.15  # how far behind the best one another may have been meant
_PASSAGES = 3


class AskPolicy(SkillAction):
    """Reads out the passage that answers, and offers those that may have been meant as well."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_ask_policy"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with the best passage, or asks what the question is."""
        question = message(tracker) or next(tracker.get_latest_entity_values("question"), None)
        if question and (kind := wished_kind(question)) and not tracker.active_loop_name:
            return as_if_said(kind, question)  # a request that also speaks of rules
        if question is None:
            dispatcher.utter_message(response="utter_ask_question")
            return []
        passages = self._found(question, str(tracker.latest_message["intent"]["name"]))
        if passages:
            best, *others = passages
            dispatcher.utter_message(
                response="utter_policy_passage",
                title=best.title,
                passage=best.text,
                buttons=_choices(best, others),
            )
        else:
            dispatcher.utter_message(response="utter_policy_unknown")
        return []

    def _found(self, question: str, intent: str) -> Sequence[Passage]:
        """Returns what the words find, else what they find with the usual question of their intent."""
        usual = self.services.wording.templates.get(f"utter_usual_question_{intent}")
        for asked in filter(None, (question, usual and f"{usual} {question}", usual)):
            passages = self.services.policies.best(asked, _PASSAGES)
            if passages and passages[0].score >= _SURE:
                return passages
        return ()


def _choices(best: Passage, others: Sequence[Passage]) -> list[dict[str, str]]:
    least = max(_SURE, best.score - _NEAR)
    return [
        {"title": other.title, "payload": f"/ask_policy{json.dumps({'question': other.title})}"}
        for other in others
        if other.score >= least
    ]
