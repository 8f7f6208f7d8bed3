"""How the parcels of an order fare: what was promised, what the carrier last told, what is normal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shop.delivery_terms import DeliveryTerms
from shop.model import EventCode, Order, OrderStatus, Parcel


class DeliveryState(StrEnum):
    """How a parcel fares."""

    BEING_PACKED = "being-packed"
    ON_TIME = "on-time"
    LATE = "late"  # past its promise, but moving
    STUCK = "stuck"  # no event for longer than is normal for its carrier
    LOST = "lost"
    AT_CUSTOMS = "at-customs"
    HELD_UP = "held-up"  # the carrier tells of trouble
    ATTEMPT_FAILED = "attempt-failed"
    READY_FOR_PICKUP = "ready-for-pickup"
    DELIVERED = "delivered"
    SENT_BACK = "sent-back"


UNDER_WAY = frozenset(
    {
        DeliveryState.ON_TIME,
        DeliveryState.LATE,
        DeliveryState.STUCK,
        DeliveryState.LOST,
        DeliveryState.AT_CUSTOMS,
        DeliveryState.HELD_UP,
        DeliveryState.ATTEMPT_FAILED,
    }
)
_TOLD = {  # what the last event says by itself
    EventCode.DELIVERED: DeliveryState.DELIVERED,
    EventCode.RETURNED: DeliveryState.SENT_BACK,
    EventCode.READY_FOR_PICKUP: DeliveryState.READY_FOR_PICKUP,
}
_TOLD_UNLESS_SILENT = {
    EventCode.CUSTOMS: DeliveryState.AT_CUSTOMS,
    EventCode.EXCEPTION: DeliveryState.HELD_UP,
    EventCode.ATTEMPT_FAILED: DeliveryState.ATTEMPT_FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How one parcel fares at a moment, with the facts."""

    parcel: Parcel
    state: DeliveryState
    since: datetime | None  # the last event
    promised_at: datetime | None
    late_by: timedelta  # past the promise; nothing where it is not
    silent_for: timedelta  # since the last event

    @property
    def is_under_way(self) -> bool:
        """Tells whether it is still to come."""
        return self.state in UNDER_WAY


def assess_order(order: Order, terms: DeliveryTerms, now: datetime) -> tuple[Assessment, ...]:
    """Returns how each parcel of an order fares; nothing of an order that was cancelled."""
    if order.status is OrderStatus.CANCELLED:
        return ()
    return tuple(
        assess(parcel, parcel.promised_at or order.promised_at, terms, now)
        for parcel in order.parcels
    )


def assess(
    parcel: Parcel, promised_at: datetime | None, terms: DeliveryTerms, now: datetime
) -> Assessment:
    """Returns how a parcel fares.

    Args:
        parcel: with its events in order of time.
        promised_at: when it should be there at the latest.
        terms: tell how long its carrier is silent at most, and customs takes.
        now: the moment.
    """
    last = parcel.events[-1] if parcel.events else None
    arrived = last.at if last and last.code in _TOLD else now
    late_by = max(arrived - promised_at, timedelta()) if promised_at else timedelta()
    silent_for = now - last.at if last else timedelta()
    return Assessment(
        parcel=parcel,
        state=_state(parcel, late_by, silent_for, terms),
        since=last.at if last else None,
        promised_at=promised_at,
        late_by=late_by,
        silent_for=silent_for,
    )


def _state(
    parcel: Parcel, late_by: timedelta, silent_for: timedelta, terms: DeliveryTerms
) -> DeliveryState:
    code = parcel.events[-1].code if parcel.events else EventCode.LABEL_CREATED
    if code in _TOLD:
        return _TOLD[code]
    if min(late_by, silent_for) >= timedelta(days=terms.lost_after_days):
        return DeliveryState.LOST
    if all(event.code is EventCode.LABEL_CREATED for event in parcel.events):
        return DeliveryState.LATE if late_by else DeliveryState.BEING_PACKED
    carrier = terms.carrier(parcel.carrier)
    is_at_customs = code is EventCode.CUSTOMS
    norm = timedelta(days=carrier.customs_days) if is_at_customs else timedelta()
    if silent_for > max(norm, timedelta(hours=carrier.silent_hours)):
        return DeliveryState.STUCK
    if code in _TOLD_UNLESS_SILENT:
        return _TOLD_UNLESS_SILENT[code]
    return DeliveryState.LATE if late_by else DeliveryState.ON_TIME


def most_pressing(assessments: Sequence[Assessment]) -> Assessment | None:
    """Returns the parcel that a customer would ask about: one in trouble, else one that is to come."""
    return min(assessments, key=lambda each: _PRESSING.index(each.state), default=None)


_PRESSING = (
    DeliveryState.LOST,
    DeliveryState.STUCK,
    DeliveryState.HELD_UP,
    DeliveryState.AT_CUSTOMS,
    DeliveryState.LATE,
    DeliveryState.ATTEMPT_FAILED,
    DeliveryState.READY_FOR_PICKUP,
    DeliveryState.ON_TIME,
    DeliveryState.BEING_PACKED,
    DeliveryState.DELIVERED,
    DeliveryState.SENT_BACK,
)
