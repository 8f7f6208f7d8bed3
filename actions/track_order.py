"""Tells where an order is, once the customer has shown that it is theirs."""

import json
import re
from typing import Any, ClassVar, cast

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.types import DomainDict

from actions.cards.delivery_news import delivery_news
from actions.cards.order import order_reply
from actions.dialogue import PERSON, is_from_outside, locale, message
from actions.skill import SkillAction
from shop.errors import IdentityRequired, ShopError
from shop.identity import claim_order
from shop.model import Order
from shop.orders import normalise_number, track_order
from shop.policy import OrderNumbers
from shop.tracking import Followed, follow

_LONGEST_POSTCODE = 10
_ANOTHER = re.compile(
    r"\b(?:other|another|different|second)\b.{0,20}\b(?:orders?|parcels?|packages?|deliver\w+|ones?)\b",
    re.IGNORECASE,
)
_MOST_TRIES = 2  # messages that answered nothing, after which asking again helps nobody
_TRY = {"affirm", "correct", "inform", "nlu_fallback", "track_order"}  # what a digression is not
_WORDS_BEFORE = re.compile(r"^\D*\s(?=\S*\d)")  # "it's 8001"


class TrackOrder(SkillAction):
    """Shows the order card."""

    forgets: ClassVar[tuple[str, ...]] = ("order_number", "proof")
    is_at_stake: ClassVar[bool] = True

    def name(self) -> str:
        """Returns the name that the rules use."""
        return "action_track_order"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with the order. The number is kept for the next question, the proof is not."""
        orders = await self._open_all(tracker)
        if not orders:
            dispatcher.utter_message(response="utter_tracking_given_up")
            return [SlotSet(slot, None) for slot in self.forgets]
        for order in orders:
            followed = await follow(order, shop=self.services.shop, carriers=self.services.carriers)
            pictures = await self._pictures(order)
            self._show(followed, pictures, dispatcher, locale(tracker))
        return [SlotSet("order_number", orders[-1].number), SlotSet("proof", None)]

    async def _open_all(self, tracker: Tracker) -> list[Order]:
        """Returns the orders that the customer named together; one that cannot be seen spoils all."""
        proof, conversation = tracker.get_slot("proof"), tracker.sender_id
        numbers = _numbers(tracker, self.services.shop.policy.order_numbers)
        found = [await self._open(number, proof, conversation) for number in numbers]
        return [order for order in found if order]

    def _show(
        self,
        followed: Followed,
        pictures: dict[str, str | None],
        dispatcher: CollectingDispatcher,
        locale: str,
    ) -> None:
        """Sends the card, and what can be done where the delivery asks for it."""
        wording, order = self.services.wording, followed.order
        terms, now = self.services.shop.delivery, self.services.clock()
        news = delivery_news(followed, terms, now, wording, locale)
        reply = order_reply(order, pictures, wording, locale, news.sentences if news else ())
        dispatcher.utter_message(json_message=dict(reply))
        if news and news.offer:
            choice = json.dumps({"choice": order.number})
            button = {
                "title": wording.say(f"utter_offer_{news.offer}"),
                "payload": f"/{news.offer}{choice}",
            }
            person = {"title": wording.say("utter_talk_to_person"), "payload": PERSON}
            dispatcher.utter_message(response="utter_what_can_be_done", buttons=[button, person])

    async def _open(self, number: str, proof: str | None, conversation: str) -> Order | None:
        """Returns the order; None where the customer has been asked for a proof and gave none."""
        shop, clock = self.services.shop, self.services.clock
        try:
            return await track_order(number, conversation=conversation, shop=shop, clock=clock)
        except IdentityRequired:
            if not proof:
                return None
            return await claim_order(
                number, proof, conversation=conversation, shop=shop, clock=clock
            )

    async def _pictures(self, order: Order) -> dict[str, str | None]:
        async with self.services.shop.snapshot() as records:
            products = await records.catalogue.find([line.product_id for line in order.lines])
        return {product.id: product.image for product in products}


class ValidateTrackOrderForm(SkillAction, FormValidationAction):
    """Collects the order number, and a proof unless the conversation has shown one already."""

    forgets: ClassVar[tuple[str, ...]] = (REQUESTED_SLOT, "order_number", "proof")

    def name(self) -> str:
        """Returns the name that Rasa derives from the form's."""
        return "validate_track_order_form"

    def domain_slots(self, domain: DomainDict) -> list[str]:  # noqa: ARG002
        """Returns the form's slots; Rasa is spared from sending the whole domain."""
        return ["order_number", "proof"]

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,  # noqa: ARG002
        tracker: Tracker,
        domain: DomainDict,  # noqa: ARG002
    ) -> list[str]:
        """Returns the slots that have to be asked for."""
        return ["order_number"] if await self._is_open(tracker) else domain_slots

    async def next_requested_slot(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> EventType | None:
        """Returns what is asked for next; nothing, which ends the form, after too many vain tries."""
        if _is_in_vain(tracker):
            return SlotSet(REQUESTED_SLOT, None)
        return await super().next_requested_slot(dispatcher, tracker, domain)

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Extracts and validates as forms do."""
        unseen = cast("DomainDict", {})
        events = await FormValidationAction.run(self, dispatcher, tracker, unseen)
        # Rasa leaves a message to others of which the form has taken nothing, and this one is dealt with
        return [*events, SlotSet("proof", None)] if _is_in_vain(tracker) else events

    def extract_order_number(
        self, _: CollectingDispatcher, tracker: Tracker, __: DomainDict
    ) -> dict[str, str]:
        """Takes bare digits for the order number where they answer the question for it."""
        text = _answer_to("order_number", tracker)
        number = normalise_number(text, self.services.shop.policy.order_numbers)
        return {"order_number": number} if number else {}

    def extract_proof(
        self, _: CollectingDispatcher, tracker: Tracker, __: DomainDict
    ) -> dict[str, str]:
        """Takes a few characters with a digit for a postcode where they answer the question for it."""
        text = _WORDS_BEFORE.sub("", _answer_to("proof", tracker))
        is_postcode = len(text) <= _LONGEST_POSTCODE and any(map(str.isdigit, text))
        is_known = bool(tracker.latest_message["entities"])  # the rules have found what it is
        return {"proof": text} if is_postcode and not is_known else {}

    def validate_order_number(
        self, value: str, dispatcher: CollectingDispatcher, tracker: Tracker, __: DomainDict
    ) -> dict[str, str | None]:
        """Writes the number as the shop does, and says so if it cannot be one."""
        if _asks_for_another(tracker):
            return {"order_number": None}
        number = normalise_number(value, self.services.shop.policy.order_numbers)
        if number is None:
            dispatcher.utter_message(response="utter_not_an_order_number")
        return {"order_number": number}

    def validate_proof(
        self, value: str, _: CollectingDispatcher, __: Tracker, ___: DomainDict
    ) -> dict[str, str]:
        """Accepts it as it is: whether it proves anything is decided where the order is opened."""
        return {"proof": value}

    async def _is_open(self, tracker: Tracker) -> bool:
        """Tells whether the conversation has shown already that the order is its customer's."""
        services = self.services
        try:
            await track_order(
                tracker.get_slot("order_number") or "",
                conversation=tracker.sender_id,
                shop=services.shop,
                clock=services.clock,
            )
        except ShopError:  # also where the records cannot be reached: the skill itself says so
            return False
        return True


def _numbers(tracker: Tracker, rules: OrderNumbers) -> list[str]:
    """Returns the order numbers of the message that named one last, or the one that is known."""
    known = tracker.get_slot("order_number")
    for event in reversed(tracker.events):
        entities = (event.get("parse_data") or {}).get("entities") or ()
        values = [each["value"] for each in entities if each["entity"] == "order_number"]
        if values:
            named = list(dict.fromkeys(filter(None, (normalise_number(v, rules) for v in values))))
            return named if known in named else [known] if known else []
    return [known] if known else []


def _asks_for_another(tracker: Tracker) -> bool:
    """Tells whether the customer asks for another order than the one spoken of, without its number."""
    is_named = any(e["entity"] == "order_number" for e in tracker.latest_message["entities"])
    return not is_named and bool(_ANOTHER.search(message(tracker) or ""))


def _answer_to(slot: str, tracker: Tracker) -> str:
    """Returns the customer's message where it answers the form's question for a slot."""
    return message(tracker) or "" if tracker.get_slot(REQUESTED_SLOT) == slot else ""


def _is_in_vain(tracker: Tracker) -> bool:
    """Tells whether too many messages in a row tried to answer the form's question."""
    asked = tracker.get_slot(REQUESTED_SLOT)
    if not asked or tracker.get_slot(asked):
        return False
    tries = 0
    for event in reversed(tracker.events):
        if event["event"] == "active_loop" or (event["event"] == "slot" and _is_answer(event)):
            break
        if is_from_outside(event):
            tries += event["parse_data"]["intent"]["name"] in _TRY
    return tries >= _MOST_TRIES


def _is_answer(event: dict[str, Any]) -> bool:
    return event["name"] in ("order_number", "proof") and event["value"] is not None
