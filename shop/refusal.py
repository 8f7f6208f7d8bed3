"""Why something cannot be done, with the facts to explain it and what is possible instead."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from shop.errors import CustomerError
from shop.model import Action, Money

Fact = str | int | bool | date | Money | Sequence[str] | None


class Why(StrEnum):
    """The reasons; the facts that come with each stand behind it."""

    NOT_OFFERED = "not-offered"  # the shop does not do this at all
    ORDER_STATUS = "order-status"  # status
    CHANGED_BEFORE = "changed-before"  # earlier: the action that rules this one out
    REASON_NOT_ACCEPTED = "reason-not-accepted"  # accepted
    NOTHING_CHOSEN = "nothing-chosen"
    UNKNOWN_LINE = "unknown-line"
    TOO_MANY = "too-many"  # title, left: pieces that are not on their way back already
    WINDOW_OVER = "window-over"  # title, delivered_days, window_days
    NOT_RETURNABLE = "not-returnable"  # title, category
    NOT_AN_OPTION = "not-an-option"  # title: the new variant is none of that product
    SAME_OPTION = "same-option"  # title
    OUT_OF_STOCK = "out-of-stock"  # title, options, left
    OTHER_CURRENCY = "other-currency"
    UNKNOWN_PAYMENT_METHOD = "unknown-payment-method"
    SAME_PAYMENT_METHOD = "same-payment-method"
    GIFT_CARD_TOO_LOW = "gift-card-too-low"  # balance, needed
    REFUND_DESTINATION = "refund-destination"  # possible: ids of payment methods
    SAME_ADDRESS = "same-address"
    INCOMPLETE_ADDRESS = "incomplete-address"  # missing: names of fields
    OTHER_COUNTRY = "other-country"  # country: the one it has to stay in
    INVALID_EMAIL = "invalid-email"
    EMAIL_NOT_USABLE = "email-not-usable"
    INVALID_PHONE = "invalid-phone"
    NOTHING_CHANGES = "nothing-changes"
    ALREADY_REQUESTED = "already-requested"
    NOT_REDIRECTABLE = "not-redirectable"  # carrier: it takes no wishes, or no more for this parcel
    DAY_NOT_POSSIBLE = "day-not-possible"  # first, last
    PICK_UP_POINT_NOT_POSSIBLE = "pick-up-point-not-possible"
    NOT_LATE = "not-late"  # day: the one that is promised
    NOT_DELIVERED = "not-delivered"  # the parcel that it would be in
    READY_FOR_PICKUP = "ready-for-pickup"
    REPORTED_TOO_LATE = "reported-too-late"  # delivered_days, window_days
    SETTLED_BEFORE = "settled-before"
    NO_CODE = "no-code"  # nothing of the order waits for one
    NO_RESOLUTION = "no-resolution"  # a person has to look at it
    RESOLUTION_NOT_POSSIBLE = "resolution-not-possible"  # resolutions: those that are


class Refusal(CustomerError):
    """Something cannot be done as asked; nothing was changed."""

    def __init__(self, why: Why, **facts: Fact) -> None:
        super().__init__(f"refused: {why}")
        self.code = why.value
        self.why = why
        self.facts: Mapping[str, Fact] = facts
        self.alternatives: tuple[Action, ...] = ()  # what the order's state allows instead
        self.later: tuple[Action, ...] = ()  # what becomes possible once the order has arrived
