"""Takes one of the choices that were offered where the customer names it: "the second one"."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import as_if_chosen, as_if_said, message, offered_choices
from actions.resolve import which_choice
from actions.skill import SkillAction


class ChooseOption(SkillAction):
    """Goes on as if the button had been pressed; where it is not clear which, it asks."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_choose_option"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Takes the choice, or what "did you mean" was answered with."""
        meant = next(tracker.get_latest_entity_values("meant"), None)
        if meant:
            return as_if_said(meant, next(tracker.get_latest_entity_values("said"), ""))
        choices = offered_choices(tracker)
        titles = [choice["title"] for choice in choices]
        place = which_choice(message(tracker) or "", titles).winner
        if place is not None:
            return as_if_chosen(choices[place]["payload"])
        if choices:
            dispatcher.utter_message(response="utter_choose_which", buttons=choices)
        else:
            dispatcher.utter_message(response="utter_no_choice")
        return []
