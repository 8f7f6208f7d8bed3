"""Swapping items of an order before it is sent; the difference is settled at once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shop.action_rules import ChangeItemsRules
from shop.commands import ChangeItems
from shop.model import OrderChange, OrderLine
from shop.plan import OrderCase, Outcome, Plan, PlannedLine
from shop.rules import gate, money, pieces, stock, swaps


def plan(command: ChangeItems, rules: ChangeItemsRules, case: OrderCase) -> Outcome:
    """Returns what the swaps do."""
    order = case.order
    gate.require_open(rules, order)
    lines = swaps.swapped(command.swaps, case)
    difference = swaps.difference(lines, case)
    settled = swaps.settlement(difference, command.payment_method, rules, case)
    movements = settled if difference.minor else ()
    change = OrderChange(
        reference=case.reference,
        action=command.action,
        at=case.now,
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
        ),
        customer=money.settle(case.customer, movements),
        order=replace(
            order,
            lines=tuple(_after(order.lines, lines)),
            payments=order.payments + money.payments(movements, case),
            changes=(*order.changes, change),
        ),
        products=stock.after(_moved(lines, order.lines), case),
    )


def _after(lines: Sequence[OrderLine], swapped: Sequence[PlannedLine]) -> Iterator[OrderLine]:
    """Yields the lines as they become; a line of which only some pieces change is parted."""
    parts = defaultdict(list)
    for part in swapped:
        parts[part.line_id].append(part)
    for line in lines:
        left = line.quantity - sum(part.quantity for part in parts[line.id])
        ids = _ids(line.id)
        if left:
            yield replace(line, id=next(ids), quantity=left)
        for part in parts[line.id]:
            if part.becomes:
                yield replace(
                    line,
                    id=next(ids),
                    quantity=part.quantity,
                    variant_id=part.becomes.id,
                    options=part.becomes.options,
                    price=part.becomes.price,
                )


def _ids(line_id: str) -> Iterator[str]:
    yield line_id
    number = 1
    while number := number + 1:
        yield f"{line_id}.{number}"


def _moved(swapped: Sequence[PlannedLine], lines: Sequence[OrderLine]) -> Counter[str]:
    """Returns what the swaps take from stock, less what they put back."""
    variants = {line.id: line.variant_id for line in lines}
    moved = stock.taken(swapped)
    for part in swapped:
        moved[variants[part.line_id]] -= part.quantity
    return moved
