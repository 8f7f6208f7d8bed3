"""The form in which customers have things done: one message in, one step on."""

import json
from collections.abc import Mapping
from typing import ClassVar

from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT
from rasa_sdk.interfaces import Tracker

from actions import (
    cancel_order,
    change_default_address,
    change_order,
    change_payment_method,
    change_shipping_address,
    delete_account,
    edit_account,
    exchange_item,
    get_hand_over_code,
    get_invoice,
    list_orders,
    newsletter_subscription,
    report_delivery_problem,
    reschedule_delivery,
    return_item,
    track_refund,
)
from actions.agenda.answers import Answers, Heard
from actions.agenda.kind import AnyKind
from actions.agenda.progress import Progress
from actions.agenda.request import Agenda
from actions.agenda.said import Said
from actions.choose_option import named_choice
from actions.dialogue import chosen, locale, message, message_id, parts_of
from actions.language import foreign_language
from actions.skill import SkillAction
from bot.contract import HandoffReply
from shop.errors import ShopError
from shop.policy import Policy

KINDS: Mapping[str, AnyKind] = {
    module.KIND.name: module.KIND
    for module in (
        cancel_order,
        change_default_address,
        change_order,
        change_payment_method,
        change_shipping_address,
        delete_account,
        edit_account,
        exchange_item,
        get_invoice,
        list_orders,
        newsletter_subscription,
        get_hand_over_code,
        report_delivery_problem,
        reschedule_delivery,
        return_item,
        track_refund,
    )
}
_ALSO = {"check_invoice": "get_invoice"}  # intents that ask for a kind of another name
_ANSWERS = {"affirm", "deny", "inform", *KINDS, *_ALSO}  # what no other skill answers


class ValidateRequestForm(SkillAction):
    """Takes the customer's message into the agenda, or leaves it to whoever else answers it."""

    forgets: ClassVar[tuple[str, ...]] = ("agenda", REQUESTED_SLOT)

    def name(self) -> str:
        """Returns the name that Rasa derives from the form's."""
        return "validate_request_form"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Returns the agenda as it is then; nothing if the message is about something else."""
        progress = _progress(tracker, self)
        named = str(tracker.latest_message["intent"]["name"])
        intent = _ALSO.get(named, named)
        heard = Heard(
            text=chosen(tracker) or _named(tracker, intent) or message(tracker) or "",
            intent=intent,
            message_id=message_id(tracker),
        )
        agenda = progress.agenda
        if intent in {"contact_human_agent", "crisis"}:
            return []
        kinds = _offered(self.services.shop.policy)
        if not await Answers(progress, kinds, self.services.understanding).take(heard):
            if intent not in _ANSWERS | {"nlu_fallback"} or foreign_language(heard.text):
                return []
            if intent in KINDS.keys() - kinds.keys() and not agenda.requests:
                progress.say("utter_not_offered")
            else:
                progress.miss()
        else:
            agenda.misses = 0
        _utter(progress.said, dispatcher)
        return [SlotSet("agenda", agenda.as_slot())]


class AskNextStep(SkillAction):
    """Goes on with the agenda and says so; the form ends with it."""

    forgets: ClassVar[tuple[str, ...]] = ("agenda", REQUESTED_SLOT)
    is_at_stake: ClassVar[bool] = True

    def name(self) -> str:
        """Returns the name that Rasa derives from the form's."""
        return "action_ask_request_form_next_step"

    async def answer(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> list[EventType]:
        """Answers with what was done and the next question."""
        progress = _progress(tracker, self)
        try:
            await progress.advance()
        except ShopError:
            if not progress.done:
                raise
            progress.said = [*progress.done]  # what was done before has to be said
            progress.say("utter_failed")
        _utter(progress.said, dispatcher)
        slot = progress.agenda.as_slot()
        if slot is None:
            return [SlotSet("agenda", None), ActiveLoop(None), SlotSet(REQUESTED_SLOT, None)]
        return [SlotSet("agenda", slot)]


def _named(tracker: Tracker, intent: str) -> str:
    """Returns the answer of the choice that the customer names by its place."""
    payload = named_choice(tracker) if intent == "choose_option" else None
    return str(parts_of(payload)[1].get("choice", "")) if payload else ""


def _offered(policy: Policy) -> dict[str, AnyKind]:
    """Returns the kinds of requests of which the shop offers something."""
    return {
        name: kind
        for name, kind in KINDS.items()
        if not kind.actions or any(policy.rules(action) for action in kind.actions)
    }


def _progress(tracker: Tracker, action: SkillAction) -> Progress:
    return Progress(
        Agenda.of(tracker.get_slot("agenda")),
        KINDS,
        action.services,
        conversation=tracker.sender_id,
        locale=locale(tracker),
    )


def _utter(said: list[Said], dispatcher: CollectingDispatcher) -> None:
    for each in said:
        if each.proposal:
            facts = {"proposal": f"{each.proposal.action} {each.proposal.order or ''}".strip()}
            reply = HandoffReply(
                type="handoff", text=each.text, reason="needs-approval", facts=facts
            )
            dispatcher.utter_message(json_message=dict(reply))
        else:
            buttons = [
                {"title": one.title, "payload": _payload(one.answer)} for one in each.choices
            ]
            dispatcher.utter_message(text=each.text, buttons=buttons)


def _payload(answer: str) -> str:
    return answer if answer.startswith("/") else f"/inform{json.dumps({'choice': answer})}"
