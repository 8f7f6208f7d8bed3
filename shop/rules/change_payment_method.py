"""Paying an order in another way: one method pays all of it, the others get their part back."""

from dataclasses import replace

from shop.action_rules import ChangePaymentMethodRules
from shop.commands import ChangePaymentMethod
from shop.model import Money, OrderChange
from shop.plan import OrderCase, Outcome, Plan
from shop.refusal import Refusal, Why
from shop.rules import gate, money


def plan(command: ChangePaymentMethod, rules: ChangePaymentMethodRules, case: OrderCase) -> Outcome:
    """Returns what paying in another way does."""
    order = case.order
    gate.require_open(rules, order)
    method = money.on_record(command.payment_method, case.customer)
    before = money.paid(order)
    if method.id in before:
        raise Refusal(Why.SAME_PAYMENT_METHOD)
    total = sum(before.values())
    money.require_balance(method, Money(total, money.currency(order)))
    movements = (
        money.movement(method.id, total, case),
        *(money.movement(other, -minor, case) for other, minor in before.items()),
    )
    change = OrderChange(
        reference=case.reference,
        action=command.action,
        at=case.now,
        transfers=money.transfers(movements),
    )
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=order.customer_id,
            order=order.number,
            movements=movements,
        ),
        customer=money.settle(case.customer, movements),
        order=replace(
            order,
            payments=order.payments + money.payments(movements, case),
            changes=(*order.changes, change),
        ),
    )
