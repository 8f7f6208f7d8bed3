"""Giving delivered pieces back for their price, which is paid once they are here."""

from dataclasses import replace

from shop.action_rules import ReturnItemsRules
from shop.commands import ReturnItems
from shop.model import ChangeStatus, OrderChange
from shop.plan import Movement, OrderCase, Outcome, Plan
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
    movements = _refund(price, command.refund_to, rules, case)
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


def _refund(
    price: int, method_id: str, rules: ReturnItemsRules, case: OrderCase
) -> tuple[Movement, ...]:
    """Returns where the price goes: to the chosen method, and from there on as it was paid.

    A method that paid a part gets no more than that part back, and all together no more than was paid.
    """
    method = money.on_record(method_id, case.customer)
    money.require_destination(method, rules.refund_to, case)
    open_ = money.refundable(case.order)
    left = min(price, sum(open_.values()))
    bounds = {method_id: open_.get(method_id, left)} | open_
    movements = []
    for each, bound in bounds.items():
        part = min(left, bound)
        if part:
            movements.append(money.movement(each, -part, case, handling_days=rules.handling_days))
        left -= part
    return tuple(movements)
