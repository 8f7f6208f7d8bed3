"""What can be wrong with a delivery, and what can be done about it."""

from enum import StrEnum


class Problem(StrEnum):
    """What is wrong. Customers tell of the first five; the facts may show that it is another."""

    NOT_RECEIVED = "not-received"  # delivered, as the carrier says
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong-item"
    MISSING_ITEM = "missing-item"
    LATE = "late"
    STUCK = "stuck"
    LOST = "lost"
    AT_CUSTOMS = "at-customs"


TOLD = (
    Problem.NOT_RECEIVED,
    Problem.DAMAGED,
    Problem.WRONG_ITEM,
    Problem.MISSING_ITEM,
    Problem.LATE,
)


class Resolution(StrEnum):
    """What is done."""

    WAIT = "wait"
    TRACE = "trace"  # the carrier looks for it
    RESEND = "resend"
    REFUND = "refund"
    COMPENSATION = "compensation"  # something back for the delay; the parcel still comes
