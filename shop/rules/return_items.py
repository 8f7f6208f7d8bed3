"""Giving delivered pieces back for their price, which is paid once they are here."""

from dataclasses import replace

from shop.action_rules import ReturnItemsRules
from shop.commands import ReturnItems
from shop.model import ChangeStatus, OrderChange
from shop.plan import OrderCase, Outcome, Plan
from shop.refusal import Refusal, Why
from shop.rules import gate, money, pieces
from shop.rules.way_back import payer


def plan(command: ReturnItems, rules: ReturnItemsRules, case: OrderCase) -> Outcome:
    """Returns what giving the pieces back does."""
    order = case.order
    gate.require_open(rules, order)
    gate.require_reason(command.reason, rules.reasons)
    if not command.pieces:
        raise Refusal(Why.NOTHING_CHOSEN)
    wanted = ((each.line_id, each.quantity) for each in command.pieces)
    chosen = list(pieces.choose(wanted, order))
    for line, _ in chosen:
        gate.require_within(rules.window, line, case)
    price = sum(line.price.minor * quantity for line, quantity in chosen)
    movements = money.repay(
        price, command.refund_to, rules.refund_to, case, handling_days=rules.handling_days
    )
    lines = tuple(pieces.planned(line, quantity) for line, quantity in chosen)
    change = OrderChange(
        reference=case.reference,
        action=command.action,
        at=case.now,
        status=ChangeStatus.REQUESTED,
        reason=command.reason,
        lines=pieces.changed(lines),
        transfers=money.transfers(movements),
    )
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=order.customer_id,
            order=order.number,
            lines=lines,
            movements=movements,
            reason=command.reason,
            way_back_paid_by=payer(rules.way_back, order, command.reason),
        ),
        customer=case.customer,
        order=replace(order, changes=(*order.changes, change)),
    )
