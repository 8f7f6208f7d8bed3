"""Cancelling an order: all of it is paid back the way it was paid."""

from collections import Counter
from dataclasses import replace

from shop.action_rules import CancelOrderRules
from shop.commands import CancelOrder
from shop.model import OrderChange, OrderStatus
from shop.plan import OrderCase, Outcome, Plan
from shop.rules import gate, money, pieces, stock


def plan(command: CancelOrder, rules: CancelOrderRules, case: OrderCase) -> Outcome:
    """Returns what cancelling does."""
    order = case.order
    gate.require_open(rules, order)
    gate.require_reason(command.reason, rules.reasons)
    movements = tuple(
        money.movement(method, -minor, case) for method, minor in money.paid(order).items()
    )
    change = OrderChange(
        reference=case.reference, action=command.action, at=case.now, reason=command.reason
    )
    back = Counter({line.variant_id: 0 for line in order.lines})
    for line in order.lines:
        back[line.variant_id] -= line.quantity
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=order.customer_id,
            order=order.number,
            lines=tuple(pieces.planned(line, line.quantity) for line in order.lines),
            movements=movements,
            status=OrderStatus.CANCELLED,
            reason=command.reason,
        ),
        customer=money.settle(case.customer, movements),
        order=replace(
            order,
            status=OrderStatus.CANCELLED,
            payments=order.payments + money.payments(movements, case),
            changes=(*order.changes, change),
        ),
        products=stock.after(back, case),
    )
