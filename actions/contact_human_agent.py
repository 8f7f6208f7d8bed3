"""Hands the conversation over to a person, with what that person should know."""

from typing import ClassVar

from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import intents, last_response
from actions.skill import SkillAction
from bot.contract import HandoffReply
from shop.model import IdentityLevel

_WITHOUT_WISH = {
    "",
    "affirm",
    "contact_human_agent",
    "deny",
    "greet",
    "inform",
    "nlu_fallback",
    "thank",
}


class ContactHumanAgent(SkillAction):
    """Asks the gateway for a person and leaves a clean dialogue for the time after."""

    reasons: ClassVar[dict[str, str]] = {
        "utter_still_not_understood": "not-understood",
        "utter_policy_unknown": "not-understood",
        "utter_failed": "failed",
    }
    """Why a person is needed, by what the bot had said before; otherwise the customer just asked."""

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_contact_human_agent"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with the handoff."""
        reply = HandoffReply(
            type="handoff",
            text=self.services.wording.say("utter_handoff"),
            reason=self.reasons.get(last_response(tracker), "asked"),
            facts=await self._facts(tracker),
        )
        dispatcher.utter_message(json_message=dict(reply))
        return [ActiveLoop(None), AllSlotsReset()]

    async def _facts(self, tracker: Tracker) -> dict[str, str]:
        facts = {
            "last_intent": next((i for i in intents(tracker) if i not in _WITHOUT_WISH), ""),
            "order_number": tracker.get_slot("order_number") or "",
            "identity": await self._identity(tracker.sender_id),
        }
        return {name: value for name, value in facts.items() if value}

    async def _identity(self, conversation: str) -> IdentityLevel:
        async with self.services.shop.snapshot() as records:
            identity = await records.identities.of(conversation)
        is_known = identity is not None and identity.expires_at > self.services.clock()
        return identity.level if identity and is_known else IdentityLevel.ANONYMOUS
