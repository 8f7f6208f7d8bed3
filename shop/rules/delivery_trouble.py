"""What really is wrong with a delivery: what the customer tells, judged by what the carriers tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.commands import Pieces
from shop.delivery import Assessment, DeliveryState, assess_order
from shop.delivery_terms import LateCompensation
from shop.model import OrderLine, OrderStatus
from shop.plan import OrderCase
from shop.problems import Problem
from shop.refusal import Refusal, Why
from shop.rules import gate, pieces

_OF_ITEMS = {Problem.DAMAGED, Problem.WRONG_ITEM, Problem.MISSING_ITEM}
_PROBLEMS = {  # of parcels that are still to come, the worst first
    DeliveryState.LOST: Problem.LOST,
    DeliveryState.SENT_BACK: Problem.LOST,
    DeliveryState.STUCK: Problem.STUCK,
    DeliveryState.HELD_UP: Problem.STUCK,
    DeliveryState.AT_CUSTOMS: Problem.AT_CUSTOMS,
    DeliveryState.LATE: Problem.LATE,
    DeliveryState.ATTEMPT_FAILED: Problem.LATE,
}
_FROM_THE_PROMISE = {Problem.LATE, Problem.LOST}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A problem with the pieces that it is about."""

    problem: Problem
    lines: tuple[tuple[OrderLine, int], ...]  # with how many pieces of each
    since: datetime  # the delivery, the promise or the last event: what waiting counts from
    comes_at: datetime | None = None  # where the pieces are in a parcel that is still to come
    compensation: LateCompensation | None = None  # that the delay is worth


def find_trouble(told: Problem, wanted: Sequence[Pieces], case: OrderCase) -> Trouble:
    """Returns what is wrong.

    Args:
        told: what the customer says.
        wanted: the pieces that they name; none: all that is in the parcels.
        case: the order and its parcels.

    Raises:
        Refusal: by the facts nothing is wrong, or everything about it was settled before.
    """
    parcels = assess_order(case.order, case.delivery, case.now)
    if told in _OF_ITEMS:
        return _with_items(told, wanted, parcels, case)
    is_delivered = case.order.status is OrderStatus.DELIVERED and not parcels
    arrived = [each for each in parcels if each.state is DeliveryState.DELIVERED]
    lines = _left(_line_ids(arrived), wanted, case)
    if compensation := _late_arrival(told, arrived, case):
        return compensation
    if told is Problem.NOT_RECEIVED or len(arrived) == len(parcels):
        if is_delivered:
            lines = _left((line.id for line in case.order.lines), wanted, case)
        if lines:
            since = max(gate.delivered_at(case.order, line) for line, _ in lines)
            return Trouble(problem=Problem.NOT_RECEIVED, lines=lines, since=since)
    return _under_way(wanted, parcels, case)


def _with_items(
    told: Problem, wanted: Sequence[Pieces], parcels: Sequence[Assessment], case: OrderCase
) -> Trouble:
    """Returns what is wrong with pieces that have arrived, or should have."""
    if not wanted:
        raise Refusal(Why.NOTHING_CHOSEN)
    lines = _left((line.id for line in case.order.lines), wanted, case)
    if not lines:
        raise Refusal(Why.SETTLED_BEFORE)
    chosen = {line.id for line, _ in lines}
    to_come = [each for each in parcels if each.is_under_way and chosen & set(each.parcel.line_ids)]
    is_missing = told is Problem.MISSING_ITEM and case.order.status is not OrderStatus.PROCESSED
    if (to_come or case.order.status is OrderStatus.PROCESSED) and not (is_missing and to_come):
        raise Refusal(Why.NOT_DELIVERED)
    return Trouble(
        problem=told,
        lines=lines,
        since=max(gate.delivered_at(case.order, line) for line, _ in lines),
        comes_at=max((each.promised_at for each in to_come if each.promised_at), default=None),
    )


def _late_arrival(told: Problem, arrived: Sequence[Assessment], case: OrderCase) -> Trouble | None:
    """Returns the delay of a parcel that came, where it is worth a compensation."""
    for each in arrived if told is Problem.LATE else ():
        if compensation := _compensation(each, case):
            lines = _left(each.parcel.line_ids, (), case)
            return Trouble(problem=told, lines=lines, since=case.now, compensation=compensation)
    return None


def _under_way(wanted: Sequence[Pieces], parcels: Sequence[Assessment], case: OrderCase) -> Trouble:
    """Returns the worst that is wrong with parcels that are still to come."""
    worst = next(iter(_by_problem(parcels)), None)
    if worst is None:
        raise _nothing_wrong(parcels, case)
    problem, concerned = worst
    lines = _left(_line_ids(concerned), wanted, case)
    if not lines:
        raise Refusal(Why.SETTLED_BEFORE)
    by_promise = problem in _FROM_THE_PROMISE
    moments = (each.promised_at if by_promise else each.since for each in concerned)
    offered = (_compensation(each, case) for each in concerned)
    return Trouble(
        problem=problem,
        lines=lines,
        since=max(filter(None, moments), default=case.now),
        compensation=next(filter(None, offered), None) if problem is Problem.LATE else None,
    )


def _by_problem(parcels: Sequence[Assessment]) -> Iterator[tuple[Problem, list[Assessment]]]:
    for problem in dict.fromkeys(_PROBLEMS.values()):
        found = [
            each
            for each in parcels
            if _PROBLEMS.get(each.state) is problem
            and (problem is not Problem.LATE or each.late_by)
        ]
        if found:
            yield problem, found


def _nothing_wrong(parcels: Sequence[Assessment], case: OrderCase) -> Refusal:
    """Returns why there is no trouble: a parcel waits for its customer, or its day is to come."""
    if any(each.state is DeliveryState.READY_FOR_PICKUP for each in parcels):
        return Refusal(Why.READY_FOR_PICKUP)
    promised = [each.promised_at for each in parcels if each.is_under_way and each.promised_at]
    due = max(promised, default=case.order.promised_at)
    if due is None or due < case.now:
        return Refusal(Why.SETTLED_BEFORE) if parcels else Refusal(Why.NO_RESOLUTION)
    return Refusal(Why.NOT_LATE, day=case.delivery.day(due))


def _compensation(each: Assessment, case: OrderCase) -> LateCompensation | None:
    method = case.delivery.methods.get(each.parcel.method)
    offered = method.late_compensation if method else None
    is_due = offered and each.late_by > timedelta(minutes=offered.after_minutes)
    return offered if is_due else None


def _line_ids(parcels: Iterable[Assessment]) -> Iterator[str]:
    for each in parcels:
        yield from each.parcel.line_ids


def _left(
    line_ids: Iterable[str], wanted: Sequence[Pieces], case: OrderCase
) -> tuple[tuple[OrderLine, int], ...]:
    """Returns the pieces that are wanted, among the lines and not settled before.

    Raises:
        Refusal: more pieces are wanted than there are.
    """
    spent = pieces.settled(case.order)
    quantities = {line.id: line.quantity for line in case.order.lines}
    open_ = [each for each in line_ids if quantities.get(each, 0) > spent[each]]
    if not wanted:
        return tuple(pieces.choose(((each, None) for each in open_), case.order, spent))
    chosen = ((each.line_id, each.quantity) for each in wanted if each.line_id in open_)
    return tuple(pieces.choose(chosen, case.order, spent))
