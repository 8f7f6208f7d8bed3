"""How a customer gets hold of a parcel that is not brought to the door: where, until when, by which code."""

from dataclasses import dataclass
from datetime import date, timedelta

from shop.delivery_terms import DeliveryTerms, Way
from shop.model import EventCode, Order, Parcel
from shop.orders import order_of
from shop.ports import Clock, Shop
from shop.refusal import Refusal, Why

_OVER = {EventCode.DELIVERED, EventCode.RETURNED}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What opens the locker, or is shown to whoever has the parcel."""

    code: str
    way: Way
    carrier: str
    until: date | None  # of one that waits, in the shop's time zone


async def hand_over(number: str, *, conversation: str, shop: Shop, clock: Clock) -> HandOver:
    """Returns how a parcel of an order is handed over.

    Raises:
        OrderNotFound: the text holds no order number.
        IdentityRequired: not shown for this order, or not surely enough for a code.
        Refusal: nothing of it waits for a code.
    """
    async with shop.snapshot() as records:
        order = await order_of(
            number,
            conversation=conversation,
            level=shop.policy.reads.hand_over_code,
            records=records,
            shop=shop,
            clock=clock,
        )
    parcel = coded_parcel(order)
    if parcel is None:
        raise Refusal(Why.NO_CODE)
    method = shop.delivery.methods.get(parcel.method)
    return HandOver(
        code=parcel.hand_over_code,
        way=method.way if method else Way.PICK_UP_POINT,
        carrier=parcel.carrier,
        until=waits_until(parcel, shop.delivery),
    )


def coded_parcel(order: Order) -> Parcel | None:
    """Returns the parcel of an order that is handed over for a code."""
    for parcel in order.parcels:
        is_over = bool(parcel.events) and parcel.events[-1].code in _OVER
        if parcel.hand_over_code and not is_over:
            return parcel
    return None


def waits_until(parcel: Parcel, terms: DeliveryTerms) -> date | None:
    """Returns the last day on which a parcel can be collected; None for one that does not wait."""
    last = parcel.events[-1] if parcel.events else None
    if last is None or last.code is not EventCode.READY_FOR_PICKUP:
        return None
    return terms.day(last.at + timedelta(days=terms.pick_up_days))
