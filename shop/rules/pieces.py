"""Which pieces of which lines a customer means, and that there are that many left."""

from collections import Counter
from collections.abc import Iterable, Iterator

from shop.model import Action, ChangedLine, Order, OrderChange, OrderLine
from shop.plan import PlannedLine, PlannedVariant
from shop.problems import Resolution
from shop.refusal import Refusal, Why

_ON_THE_WAY_BACK = {Action.RETURN_ITEMS, Action.EXCHANGE_ITEMS}


def choose(
    wanted: Iterable[tuple[str, int | None]], order: Order, spent: Counter[str] | None = None
) -> Iterator[tuple[OrderLine, int]]:
    """Yields line and number of pieces for each line id and number, or None for all that are left.

    What was given back or paid back is not left, unless `spent` counts otherwise.
    """
    lines = {line.id: line for line in order.lines}
    taken = given_back(order) if spent is None else spent.copy()
    for line_id, asked in wanted:
        if line_id not in lines:
            raise Refusal(Why.UNKNOWN_LINE)
        line = lines[line_id]
        left = line.quantity - taken[line_id]
        quantity = left if asked is None else asked
        if not 0 < quantity <= left:
            raise Refusal(Why.TOO_MANY, title=line.title, left=left)
        taken[line_id] += quantity
        yield line, quantity


def planned(line: OrderLine, quantity: int, becomes: PlannedVariant | None = None) -> PlannedLine:
    """Returns pieces of a line as a plan shows them."""
    return PlannedLine(
        line_id=line.id,
        product_id=line.product_id,
        title=line.title,
        options=line.options,
        quantity=quantity,
        price=line.price,
        becomes=becomes,
    )


def changed(lines: Iterable[PlannedLine]) -> tuple[ChangedLine, ...]:
    """Returns planned lines as the order remembers them."""
    return tuple(
        ChangedLine(
            line_id=line.line_id,
            quantity=line.quantity,
            variant_id=line.becomes.id if line.becomes else None,
        )
        for line in lines
    )


def given_back(order: Order) -> Counter[str]:
    """Returns by line how many pieces come back, or never came and were paid back."""
    return _count(
        change
        for change in order.changes
        if change.action in _ON_THE_WAY_BACK or change.resolution == Resolution.REFUND
    )


def settled(order: Order) -> Counter[str]:
    """Returns by line how many pieces no delivery problem can be reported of any more."""
    resent = (each for each in order.changes if each.resolution == Resolution.RESEND)
    return given_back(order) + _count(resent)


def _count(changes: Iterable[OrderChange]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for change in changes:
        for line in change.lines:
            counts[line.line_id] += line.quantity
    return counts
