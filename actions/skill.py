"""What every action of ours is: thin, and never the place where an error escapes."""

import asyncio
from abc import ABC, abstractmethod
from datetime import datetime
from typing import ClassVar

import structlog
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.dialogue import metadata, responses
from actions.feeling import feeling
from actions.handoff import hand_over
from actions.services import Services
from shop.caution import caution_in
from shop.errors import CustomerError, ShopError

_SORRY = {"utter_sorry", "utter_complaint", "utter_insult"}

_log = structlog.get_logger()


class SkillAction(Action, ABC):
    """One step of a dialogue: reads what is known, calls a use-case, answers.

    What goes wrong is answered here: a `CustomerError` by the response that bears the name of its
    code, anything else by an apology and a line in the log.
    """

    forgets: ClassVar[tuple[str, ...]] = ()
    """Slots that a failed action empties, so that the next try begins anew."""

    is_at_stake: ClassVar[bool] = False
    """Whether it opens or changes records: slowly, or not at all, where too much went wrong before."""

    is_soothing: ClassVar[bool] = True
    """Whether somebody who is upset reads a sorry before the answer."""

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
            if self.is_at_stake and await self._needs_person(tracker):
                return await hand_over("caution", dispatcher, tracker, self.services)
            self._soothe(dispatcher, tracker)
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

    async def _needs_person(self, tracker: Tracker) -> bool:
        """Tells whether a person has to go on, after a pause where one is due."""
        since = tracker.get_slot("handed_over_at")
        caution = await caution_in(
            tracker.sender_id,
            shop=self.services.shop,
            clock=self.services.clock,
            since=datetime.fromisoformat(since) if since else None,
        )
        await asyncio.sleep(caution.pause.total_seconds())
        return caution.needs_person

    def _soothe(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Says sorry once to somebody who is upset."""
        if self.is_soothing and feeling(tracker).is_upset and not _SORRY & {*responses(tracker)}:
            dispatcher.utter_message(response="utter_sorry")
