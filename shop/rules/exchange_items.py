"""Exchanging delivered pieces for another option; the difference is settled once they are here."""

from dataclasses import replace

from shop.action_rules import ExchangeItemsRules
from shop.commands import ExchangeItems
from shop.model import ChangeStatus, OrderChange
from shop.plan import OrderCase, Outcome, Plan
from shop.rules import gate, money, pieces, stock, swaps
from shop.rules.way_back import payer


def plan(command: ExchangeItems, rules: ExchangeItemsRules, case: OrderCase) -> Outcome:
    """Returns what the exchange does; the new pieces are kept back for the customer."""
    order = case.order
    gate.require_open(rules, order)
    lines = swaps.swapped(command.swaps, case)
    chosen = {line.line_id for line in lines}
    for line in order.lines:
        if line.id in chosen:
            gate.require_within(rules.window, line, case)
    difference = swaps.difference(lines, case)
    movements = swaps.settlement(
        difference, command.payment_method, rules, case, handling_days=rules.handling_days
    )
    change = OrderChange(
        reference=case.reference,
        action=command.action,
        at=case.now,
        status=ChangeStatus.REQUESTED,
        lines=pieces.changed(lines),
        transfers=money.transfers(movements),
    )
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=order.customer_id,
            order=order.number,
            lines=lines,
            difference=difference,
            movements=movements,
            way_back_paid_by=payer(rules.way_back, order),
        ),
        customer=case.customer,
        order=replace(order, changes=(*order.changes, change)),
        products=stock.after(stock.taken(lines), case),
    )
