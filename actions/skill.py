"""What every action of ours is: thin, and never the place where an error escapes."""

import asyncio
from abc import ABC, abstractmethod
from typing import ClassVar

import structlog
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.dialogue import metadata
from actions.services import Services
from shop.caution import caution_in
from shop.errors import CustomerError, ShopError

_log = structlog.get_logger()


class SkillAction(Action, ABC):
    """One step of a dialogue: reads what is known, calls a use-case, answers.

    What goes wrong is answered here: a `CustomerError` by the response that bears the name of its
    code, anything else by an apology and a line in the log.
    """

    forgets: ClassVar[tuple[str, ...]] = ()
    """Slots that a failed action empties, so that the next try begins anew."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @abstractmethod
    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers the customer through the dispatcher and returns what changes in the dialogue."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, _: DomainDict
    ) -> list[EventType]:
        """Answers, whatever happens. Rasa sends no domain, because no skill needs it."""
        log = _log.bind(
            action=self.name(),
            conversation=tracker.sender_id,
            request_id=metadata(tracker).get("request_id"),
        )
        try:
            await self._take_care(tracker.sender_id)
            events = await self.answer(dispatcher, tracker)
        except CustomerError as refusal:
            log.info("action-refused", code=refusal.code)
            response = f"utter_{refusal.code.replace('-', '_')}"
        except Exception as error:
            code = error.code if isinstance(error, ShopError) else "unexpected"
            log.exception("action-failed", code=code)
            response = "utter_failed"
        else:
            log.info("action-done")
            return events
        dispatcher.messages.clear()  # half an answer says what did not happen
        dispatcher.utter_message(response=response)
        return [SlotSet(slot, None) for slot in self.forgets]

    async def _take_care(self, conversation: str) -> None:
        """Answers a conversation slowly in which too much went wrong."""
        shop, clock = self.services.shop, self.services.clock
        caution = await caution_in(conversation, shop=shop, clock=clock)
        await asyncio.sleep(caution.pause.total_seconds())
