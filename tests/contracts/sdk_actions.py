"""An action server of plain rasa-sdk, with actions under names that the domain knows.

Run by test_rasa_sdk.py: `python sdk_actions.py PORT`.
"""

import os
import sys
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from rasa_sdk.forms import FormValidationAction
from rasa_sdk.interfaces import Action, Tracker


class Plain(Action):
    """Says what it got, in every way an action can."""

    def name(self) -> str:
        """Stands in for the product search."""
        return "action_search_products"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list:
        """Answers with text, buttons, an image, a payload and a response of the domain."""
        user = next(event for event in reversed(tracker.events) if event["event"] == "user")
        dispatcher.utter_message(text=f"{tracker.sender_id}\n\n{user['metadata']['request_id']}")
        dispatcher.utter_message(text="Which?", buttons=[{"title": "This", "payload": "/affirm"}])
        dispatcher.utter_message(text="A picture", image="/images/a.svg")
        dispatcher.utter_message(json_message={"type": "link", "text": "Go", "url": "/x"})
        dispatcher.utter_message(response="utter_price_from", price="{order_number}")
        return []


class Form(FormValidationAction):
    """Extracts one slot by itself and validates the other."""

    def name(self) -> str:
        """Belongs to track_order_form."""
        return "validate_track_order_form"

    def domain_slots(self, domain: Any) -> list[str]:
        """Rasa does not send the domain."""
        return ["order_number", "proof"]

    def extract_order_number(self, dispatcher: Any, tracker: Tracker, domain: Any) -> dict:
        """Knows one order by a name of its own."""
        is_asked = tracker.get_slot("requested_slot") == "order_number"
        text = tracker.latest_message["text"]
        return {"order_number": "fox"} if is_asked and "the fox" in text else {}

    def validate_order_number(self, value: Any, *_: Any) -> dict:
        """Takes any."""
        return {"order_number": value}

    def validate_proof(self, value: Any, dispatcher: Any, *_: Any) -> dict:
        """Takes but one."""
        if value == "10115":
            return {"proof": value}
        dispatcher.utter_message(text="Another one, please.")
        return {"proof": None}


class Done(Action):
    """Shows what the form has collected."""

    def name(self) -> str:
        """Runs after track_order_form."""
        return "action_track_order"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list:
        """Says both slots and empties one."""
        number, proof = tracker.get_slot("order_number"), tracker.get_slot("proof")
        dispatcher.utter_message(text=f"{number} by {proof}")
        return [SlotSet("proof", None)]


class FailsOnce(Action):
    """Raises the first time it is called."""

    calls = 0

    def name(self) -> str:
        """Stands in for the policies."""
        return "action_ask_policy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list:
        """Answers from the second call on."""
        FailsOnce.calls += 1
        if FailsOnce.calls == 1:
            raise RuntimeError("with customer data")
        dispatcher.utter_message(text=f"call {FailsOnce.calls}")
        return []


class SaysNothing(Action):
    """Returns without an answer."""

    def name(self) -> str:
        """Stands in for the fallback."""
        return "action_fallback"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list:
        """Forgets to answer."""
        return []


class Dies(Action):
    """Takes the whole process with it."""

    def name(self) -> str:
        """Stands in for the handoff."""
        return "action_contact_human_agent"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list:
        """Ends in mid-turn."""
        os._exit(1)


if __name__ == "__main__":
    executor = ActionExecutor()
    for action in (Plain(), Form(), Done(), FailsOnce(), SaysNothing(), Dies()):
        executor.register_action(action)
    app = create_app(executor)
    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, motd=False)
