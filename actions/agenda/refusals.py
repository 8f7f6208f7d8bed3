"""Why something cannot be done, in words with its facts, and what can be done instead."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from actions.agenda.choices import method_title
from actions.agenda.kind import AnyKind
from actions.agenda.need import Choice
from actions.agenda.request import Request
from actions.agenda.view import View
from actions.wording import day
from shop.action_rules import OrderRules
from shop.model import Action, Money, Order, OrderStatus
from shop.prices import price
from shop.refusal import Fact, Refusal
from shop.rules.gate import open_actions, require_open

_ASKED_BY = {
    Action.CANCEL_ORDER: "cancel_order",
    Action.CHANGE_SHIPPING_ADDRESS: "change_shipping_address",
    Action.CHANGE_ITEMS: "change_order",
    Action.CHANGE_PAYMENT_METHOD: "change_payment_method",
    Action.RETURN_ITEMS: "return_item",
    Action.EXCHANGE_ITEMS: "exchange_item",
    Action.CHANGE_DELIVERY_DAY: "reschedule_delivery",
    Action.REPORT_DELIVERY_PROBLEM: "report_delivery_problem",
}
_UNDER_WAY = (OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED)


def closed(request: Request, kind: AnyKind, view: View) -> Refusal | None:
    """Returns why nothing of a kind can be done to an order, before more is asked about it."""
    if not request.order or not kind.actions:
        return None
    order = view.order(request.order)
    possible = open_actions(order, view.policy)
    rules = view.policy.rules(kind.actions[-1])
    if set(kind.actions) & set(possible) or not isinstance(rules, OrderRules):
        return None
    try:
        require_open(rules, order)
    except Refusal as refusal:
        refusal.alternatives = possible
        refusal.later = _once_delivered(order, view)
        return refusal
    return None


def _once_delivered(order: Order, view: View) -> tuple[Action, ...]:
    if order.status not in _UNDER_WAY:
        return ()
    return open_actions(replace(order, status=OrderStatus.DELIVERED), view.policy)


def explanation(refusal: Refusal, view: View) -> str:
    """Returns the reason with its facts, and what waiting would make possible."""
    values = {name: _written(name, fact, view) for name, fact in refusal.facts.items()}
    reason = view.wording.say(f"utter_{refusal.code.replace('-', '_')}", **values)
    if Action.RETURN_ITEMS in refusal.later:
        return f"{reason} {view.wording.say('utter_return_once_delivered')}"
    return reason


def alternatives(refusal: Refusal, order: str | None, view: View) -> list[Choice]:
    """Returns buttons of what the order's state allows instead; each stands for a new request."""
    return [
        Choice(
            view.wording.say(f"utter_offer_{_ASKED_BY[action]}"),
            f"/{_ASKED_BY[action]}" + (f'{{"choice": "{order}"}}' if order else ""),
        )
        for action in refusal.alternatives
        if action in _ASKED_BY
    ]


def _written(name: str, fact: Fact, view: View) -> str:
    if isinstance(fact, Money):
        return price(fact, view.locale)
    if isinstance(fact, date):
        return day(fact, view.locale)
    if isinstance(fact, Sequence) and not isinstance(fact, str):
        return view.wording.listed([_worded(name, str(each), view) for each in fact])
    return _worded(name, str(fact), view)


def _worded(name: str, code: str, view: View) -> str:
    """Returns the words for what the shop says by a code."""
    stem = code.replace("-", "_")
    match name:
        case "status":
            return view.wording.say(f"utter_status_{stem}").lower()
        case "earlier":
            return view.wording.say(f"utter_earlier_{stem}")
        case "accepted":
            return view.wording.reason(code)
        case "resolutions":
            return view.wording.say(f"utter_resolution_{stem}")
        case "possible":
            return method_title(view.method(code), view)
    return code
