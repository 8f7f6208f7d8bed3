"""Having parcels that are on their way come on another day, or wait at a pick-up point."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from shop.commands import ChangeDeliveryDay, RedirectDelivery
from shop.delivery import Assessment, DeliveryState, assess_order
from shop.delivery_rules import ChangeDeliveryDayRules, RedirectDeliveryRules
from shop.delivery_terms import PickUpPoint, Way
from shop.model import EventCode, Order, OrderChange, Parcel
from shop.plan import OrderCase, Outcome, Plan
from shop.refusal import Refusal, Why
from shop.rules import gate

_OPEN = {
    DeliveryState.BEING_PACKED,
    DeliveryState.ON_TIME,
    DeliveryState.LATE,
    DeliveryState.ATTEMPT_FAILED,
}
_EVENING = time(20)  # until when a parcel comes on its day


def change_day(
    command: ChangeDeliveryDay, rules: ChangeDeliveryDayRules, case: OrderCase
) -> Outcome:
    """Returns what another day does: it is promised from then on."""
    gate.require_open(rules, case.order)
    possible = possible_days(rules, case)
    if command.day not in possible:
        raise Refusal(Why.DAY_NOT_POSSIBLE, first=possible[0], last=possible[-1])
    evening = datetime.combine(command.day, _EVENING, ZoneInfo(case.delivery.time_zone))
    moved = {each.id: replace(each, promised_at=evening) for each in open_parcels(case)}
    change = OrderChange(
        reference=case.reference, action=command.action, at=case.now, day=command.day
    )
    order = _with(moved, change, case.order)
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=order.customer_id,
            order=order.number,
            day=command.day,
        ),
        customer=case.customer,
        order=replace(order, promised_at=max(evening, order.promised_at or evening)),
    )


def redirect(command: RedirectDelivery, rules: RedirectDeliveryRules, case: OrderCase) -> Outcome:
    """Returns what a pick-up point does: the parcels wait there instead."""
    gate.require_open(rules, case.order)
    point = next((p for p in possible_points(case) if p.id == command.pick_up_point), None)
    if point is None:
        raise Refusal(Why.PICK_UP_POINT_NOT_POSSIBLE)
    moved = {each.id: replace(each, pick_up_point=point.id) for each in open_parcels(case)}
    change = OrderChange(reference=case.reference, action=command.action, at=case.now)
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=case.order.customer_id,
            order=case.order.number,
            address=point.address,
        ),
        customer=case.customer,
        order=_with(moved, change, case.order),
    )


def possible_days(rules: ChangeDeliveryDayRules, case: OrderCase) -> tuple[date, ...]:
    """Returns the days that may be chosen, from the promised one on.

    Raises:
        Refusal: the carrier takes no wishes for this order.
    """
    parcels, day = open_parcels(case), case.delivery.day
    due = max((day(each.promised_at) for each in parcels if each.promised_at), default=date.min)
    first = max(day(case.now) + timedelta(days=1), due)
    days = (first + timedelta(days=n) for n in range(rules.days_ahead + 1))
    return tuple(each for each in days if all(_moves_on(each, one, case) for one in parcels))


def possible_points(case: OrderCase) -> tuple[PickUpPoint, ...]:
    """Returns the places where the parcels may wait, those with the likest postcode first.

    Raises:
        Refusal: the carrier takes no wishes for this order, or has no such place.
    """
    carriers = {each.carrier for each in open_parcels(case)}
    home = case.order.address
    points = [
        each
        for each in case.delivery.pick_up_points
        if {each.carrier} == carriers and each.country == home.country
    ]
    if not points:
        raise Refusal(Why.NOT_REDIRECTABLE, carrier=", ".join(sorted(carriers)))
    return tuple(sorted(points, key=lambda each: -_likeness(each.postcode, home.postcode)))


def open_parcels(case: OrderCase) -> tuple[Parcel, ...]:
    """Returns the parcels for which the carrier still takes a wish.

    Raises:
        Refusal: there is none.
    """
    assessed = assess_order(case.order, case.delivery, case.now)
    found = tuple(each.parcel for each in assessed if _takes_wishes(each, case))
    if not found:
        under_way = (each.parcel.carrier for each in assessed if each.is_under_way)
        raise Refusal(Why.NOT_REDIRECTABLE, carrier=", ".join(dict.fromkeys(under_way)))
    return found


def _takes_wishes(each: Assessment, case: OrderCase) -> bool:
    parcel, terms = each.parcel, case.delivery
    method = terms.methods.get(parcel.method)
    is_at_the_door = method is None or method.way is Way.DOOR
    is_near = bool(parcel.events) and parcel.events[-1].code is EventCode.OUT_FOR_DELIVERY
    is_open = each.state in _OPEN and not is_near and parcel.pick_up_point is None
    return is_open and is_at_the_door and terms.carrier(parcel.carrier).redirects


def _moves_on(day: date, parcel: Parcel, case: OrderCase) -> bool:
    method = case.delivery.methods.get(parcel.method)
    return method is None or method.moves_on(day)


def _likeness(one: str, other: str) -> int:
    """Returns how many letters two postcodes have in common at their beginning."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _with(moved: dict[str, Parcel], change: OrderChange, order: Order) -> Order:
    parcels = tuple(moved.get(each.id, each) for each in order.parcels)
    return replace(order, parcels=parcels, changes=(*order.changes, change))
