"""What can be done about a delivery that went wrong, best first, for this very order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shop.delivery_rules import Course, ReportDeliveryProblemRules
from shop.model import Money, OrderChange
from shop.plan import OrderCase
from shop.problems import Resolution
from shop.refusal import Refusal, Why
from shop.rules import money
from shop.rules.delivery_trouble import Trouble


@dataclass(frozen=True, slots=True)
class Remedy:
    """One thing that can be done."""

    resolution: Resolution
    day: date | None = None  # until which it takes
    amount: Money | None = None  # that goes back


def remedies(
    trouble: Trouble, rules: ReportDeliveryProblemRules, case: OrderCase
) -> tuple[Remedy, ...]:
    """Returns what can be done about it, best first.

    Raises:
        Refusal: it was reported too late, or only a person can help.
    """
    course = rules.courses.get(trouble.problem)
    if course is None:
        raise Refusal(Why.NO_RESOLUTION)
    _require_in_time(trouble, course, case)
    found = tuple(_possible(trouble, course, case))
    if not found:
        raise Refusal(Why.NO_RESOLUTION)
    return found


def _require_in_time(trouble: Trouble, course: Course, case: OrderCase) -> None:
    days, passed = course.report_within_days, (case.now - trouble.since).days
    if days is not None and passed > days:
        raise Refusal(Why.REPORTED_TOO_LATE, delivered_days=passed, window_days=days)


def _possible(trouble: Trouble, course: Course, case: OrderCase) -> Iterator[Remedy]:
    if trouble.compensation and not _earlier(Resolution.COMPENSATION, trouble, case):
        yield _refund(Resolution.COMPENSATION, trouble.compensation.amount_minor, case)
        return
    traces = [each.day for each in _earlier(Resolution.TRACE, trouble, case) if each.day]
    wait_until = _wait_until(trouble, course, case)
    today = case.delivery.day(case.now)
    if traces and max(traces) > today:
        yield Remedy(Resolution.WAIT, max(traces))
    elif wait_until and not traces:
        yield Remedy(Resolution.WAIT, wait_until)
    elif course.trace_days and not traces:
        yield Remedy(Resolution.TRACE, today + timedelta(days=course.trace_days))
    else:
        yield from _settlements(trouble, course, case)


def _wait_until(trouble: Trouble, course: Course, case: OrderCase) -> date | None:
    """Returns the day until which it may still arrive by itself; None where that is over."""
    until = trouble.comes_at or trouble.since + timedelta(days=course.wait_days)
    return case.delivery.day(until) if until > case.now else None


def _settlements(trouble: Trouble, course: Course, case: OrderCase) -> Iterator[Remedy]:
    for resolution in course.then:
        if resolution is Resolution.RESEND and _is_in_stock(trouble, case):
            yield Remedy(resolution)
        if resolution is Resolution.REFUND and money.refundable(case.order):
            price = sum(line.price.minor * count for line, count in trouble.lines)
            yield _refund(resolution, price, case)


def _refund(resolution: Resolution, minor: int, case: OrderCase) -> Remedy:
    left = min(minor, sum(money.refundable(case.order).values()))
    return Remedy(resolution, amount=Money(left, money.currency(case.order)))


def _is_in_stock(trouble: Trouble, case: OrderCase) -> bool:
    wanted: Counter[str] = Counter()
    for line, count in trouble.lines:
        wanted[line.variant_id] += count
    there = {one.id: one.stock for each in case.products.values() for one in each.variants}
    is_counted = case.policy.stock.counted
    return all(there.get(each, 0) >= (wanted[each] if is_counted else 1) for each in wanted)


def _earlier(resolution: Resolution, trouble: Trouble, case: OrderCase) -> list[OrderChange]:
    """Returns when this was done about some of the same lines before."""
    lines = {line.id for line, _ in trouble.lines}
    return [
        change
        for change in case.order.changes
        if change.resolution == resolution and lines & {each.line_id for each in change.lines}
    ]
