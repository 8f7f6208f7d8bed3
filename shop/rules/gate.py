"""What an order has to be like before anything about an action is looked at."""

from datetime import datetime

from shop.action_rules import OrderRules, Window
from shop.model import Action, EventCode, Order, OrderLine
from shop.plan import OrderCase
from shop.policy import Policy
from shop.refusal import Refusal, Why

_OF_AN_ORDER = (
    Action.CANCEL_ORDER,
    Action.CHANGE_SHIPPING_ADDRESS,
    Action.CHANGE_ITEMS,
    Action.CHANGE_PAYMENT_METHOD,
    Action.EXCHANGE_ITEMS,
    Action.RETURN_ITEMS,
    Action.CHANGE_DELIVERY_DAY,
    Action.REDIRECT_DELIVERY,
    Action.REPORT_DELIVERY_PROBLEM,
)


def require_open(rules: OrderRules, order: Order) -> None:
    """Refuses an order whose status or past rules the action out."""
    if order.status not in rules.statuses:
        raise Refusal(Why.ORDER_STATUS, status=order.status.value)
    for change in order.changes:
        if change.action in rules.not_after:
            raise Refusal(Why.CHANGED_BEFORE, earlier=change.action.value)


def open_actions(order: Order, policy: Policy) -> tuple[Action, ...]:
    """Returns what the status and the past of an order allow."""
    return tuple(each for each in _OF_AN_ORDER if _is_open(policy.rules(each), order))


def _is_open(rules: object, order: Order) -> bool:
    if not isinstance(rules, OrderRules):
        return False
    try:
        require_open(rules, order)
    except Refusal:
        return False
    return True


def require_reason(reason: str, accepted: tuple[str, ...]) -> None:
    """Refuses a reason that the policy does not name; where it names none, none is asked."""
    if accepted and reason not in accepted:
        raise Refusal(Why.REASON_NOT_ACCEPTED, accepted=accepted)


def require_within(window: Window, line: OrderLine, case: OrderCase) -> None:
    """Refuses a line that may not come back, or no longer."""
    product = case.products.get(line.product_id)
    category = product.category if product else ""
    if category in window.never:
        raise Refusal(Why.NOT_RETURNABLE, title=line.title, category=category)
    days = window.days_by_category.get(category, window.days)
    passed = (case.now - delivered_at(case.order, line)).days
    if days is not None and passed > days:
        raise Refusal(Why.WINDOW_OVER, title=line.title, delivered_days=passed, window_days=days)


def delivered_at(order: Order, line: OrderLine) -> datetime:
    """Returns when the last piece of a line arrived; if no carrier said so, when it was bought."""
    arrivals = (
        event.at
        for parcel in order.parcels
        if line.id in parcel.line_ids
        for event in parcel.events
        if event.code is EventCode.DELIVERED
    )
    return max(arrivals, default=order.placed_at)
