"""Says again what was said last."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import last_replies
from actions.skill import SkillAction


class Repeat(SkillAction):
    """Repeats all replies to the message before."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_repeat"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers as before; the question of a form is left to the form, which asks again."""
        replies = last_replies(tracker)
        if tracker.active_loop_name:
            replies = replies[:-1]
        elif not replies:
            dispatcher.utter_message(response="utter_nothing_to_repeat")
        for reply in replies:
            data = reply.get("data") or {}
            dispatcher.utter_message(
                text=reply.get("text"),
                buttons=data.get("buttons"),
                json_message=data.get("custom"),
                utter_action=(reply.get("metadata") or {}).get("utter_action"),
            )
        return []
