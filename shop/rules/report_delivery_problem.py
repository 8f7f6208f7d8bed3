"""Telling of a delivery that went wrong, with what is done about it."""

from collections import Counter
from dataclasses import replace

from shop.commands import ReportDeliveryProblem
from shop.delivery_rules import ReportDeliveryProblemRules
from shop.model import OrderChange
from shop.plan import Movement, OrderCase, Outcome, Plan
from shop.problems import Resolution
from shop.refusal import Refusal, Why
from shop.rules import gate, money, pieces, stock
from shop.rules.delivery_trouble import find_trouble
from shop.rules.remedies import Remedy, remedies


def plan(
    command: ReportDeliveryProblem, rules: ReportDeliveryProblemRules, case: OrderCase
) -> Outcome:
    """Returns what the chosen resolution does."""
    order = case.order
    gate.require_open(rules, order)
    trouble = find_trouble(command.problem, command.pieces, case)
    remedy = _chosen(command.resolution, remedies(trouble, rules, case))
    lines = tuple(pieces.planned(line, count) for line, count in trouble.lines)
    movements = _movements(remedy, case)
    change = OrderChange(
        reference=case.reference,
        action=command.action,
        at=case.now,
        reason=trouble.problem,
        resolution=remedy.resolution,
        lines=pieces.changed(lines),
        transfers=money.transfers(movements),
        day=remedy.day,
    )
    resent: Counter[str] = Counter()
    for line, count in trouble.lines if remedy.resolution is Resolution.RESEND else ():
        resent[line.variant_id] += count
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=order.customer_id,
            order=order.number,
            lines=lines,
            movements=movements,
            reason=trouble.problem,
            resolution=remedy.resolution,
            day=remedy.day,
        ),
        customer=money.settle(case.customer, movements),
        order=replace(
            order,
            payments=order.payments + money.payments(movements, case),
            changes=(*order.changes, change),
        ),
        products=stock.after(resent, case),
    )


def _chosen(resolution: Resolution, possible: tuple[Remedy, ...]) -> Remedy:
    for remedy in possible:
        if remedy.resolution is resolution:
            return remedy
    names = [each.resolution.value for each in possible]
    raise Refusal(Why.RESOLUTION_NOT_POSSIBLE, resolutions=names)


def _movements(remedy: Remedy, case: OrderCase) -> tuple[Movement, ...]:
    return money.repay_as_paid(remedy.amount.minor, case) if remedy.amount else ()
