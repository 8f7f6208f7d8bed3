"""What a shop keeps records of. Plain values: no storage, no wording for customers.

Money is in minor units (cents) with its ISO 4217 currency; times are aware and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

FEW = 5  # pieces in stock: so few that customers are told how many


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of one currency."""

    minor: int
    currency: str


class Action(StrEnum):
    """What a customer may have done; the policy has a section by each of these names."""

    CANCEL_ORDER = "cancel_order"
    CHANGE_SHIPPING_ADDRESS = "change_shipping_address"
    CHANGE_ITEMS = "change_items"
    CHANGE_PAYMENT_METHOD = "change_payment_method"
    RETURN_ITEMS = "return_items"
    EXCHANGE_ITEMS = "exchange_items"
    CHANGE_DEFAULT_ADDRESS = "change_default_address"
    CHANGE_EMAIL = "change_email"
    CHANGE_PHONE = "change_phone"
    CHANGE_NEWSLETTER = "change_newsletter"
    DELETE_ACCOUNT = "delete_account"
    CHANGE_DELIVERY_DAY = "change_delivery_day"
    REDIRECT_DELIVERY = "redirect_delivery"
    REPORT_DELIVERY_PROBLEM = "report_delivery_problem"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One thing that can be bought: a product in certain options."""

    id: str
    options: Mapping[str, str]
    price: Money
    stock: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """An entry of the catalogue, with at least one variant."""

    id: str
    title: str
    variants: tuple[Variant, ...]
    description: str = ""
    brand: str = ""
    category: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    image: str | None = None
    link: str | None = None

    @property
    def stock(self) -> int:
        """How many pieces there are of all variants."""
        return sum(variant.stock for variant in self.variants)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a person lives or a parcel goes. `country` is ISO 3166-1 alpha-2 where known."""

    line1: str
    city: str
    postcode: str
    country: str
    line2: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMethod:
    """A way to pay or to be refunded that the shop has on record."""

    id: str
    kind: str  # "card", "paypal", "gift-card"
    label: str = ""  # "Visa 4242"
    balance: Money | None = None  # of a gift card


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """A person with an account."""

    id: str
    first_name: str
    last_name: str
    email: str
    address: Address
    phone: str | None = None
    locale: str = "en"
    time_zone: str = "UTC"  # IANA name
    payment_methods: tuple[PaymentMethod, ...] = ()
    newsletter: bool = False
    deletion_requested_at: datetime | None = None


class OrderStatus(StrEnum):
    """Where an order stands as a whole."""

    PENDING = "pending"
    PROCESSED = "processed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLine:
    """Something bought. Title, options and price are those of the time of purchase."""

    id: str
    product_id: str
    variant_id: str
    title: str
    options: Mapping[str, str]
    quantity: int
    price: Money  # of one piece


class EventCode(StrEnum):
    """What happened to a parcel, the same for every carrier."""

    LABEL_CREATED = "label-created"
    PICKED_UP = "picked-up"
    IN_TRANSIT = "in-transit"
    CUSTOMS = "customs"
    OUT_FOR_DELIVERY = "out-for-delivery"
    DELIVERED = "delivered"
    READY_FOR_PICKUP = "ready-for-pickup"
    ATTEMPT_FAILED = "attempt-failed"
    EXCEPTION = "exception"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingEvent:
    """One scan of a parcel."""

    at: datetime
    code: EventCode
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Lines of an order that travel together; `events` are in order of time."""

    id: str
    carrier: str
    tracking_number: str
    line_ids: tuple[str, ...]
    method: str = "standard"
    promised_at: datetime | None = None
    tracking_link: str | None = None
    sent_from: str = ""  # country of the warehouse, where it is not the shop's own
    pick_up_point: str | None = None  # id of the place that the customer chose on its way
    hand_over_code: str = ""  # opens the locker, or is shown to whoever brings or keeps it
    events: tuple[TrackingEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that moved for an order; refunds are negative."""

    at: datetime
    method_id: str
    amount: Money


class ChangeStatus(StrEnum):
    """How far a change has come; only returns and exchanges wait for goods."""

    REQUESTED = "requested"  # the goods are to be sent back
    RECEIVED = "received"  # they are here, the money has not moved yet
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedLine:
    """Pieces of a line that are given back, or become another variant."""

    line_id: str
    quantity: int
    variant_id: str | None = None  # the new one


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money that a change moves; negative to the customer."""

    method_id: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderChange:
    """Something done to an order at its customer's wish: a cancellation, a return, an exchange."""

    reference: str
    action: Action
    at: datetime
    status: ChangeStatus = ChangeStatus.DONE
    reason: str = ""
    lines: tuple[ChangedLine, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    resolution: str = ""  # of a delivery problem
    day: date | None = None  # until which the customer waits, or on which a parcel comes


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a customer bought at one time."""

    number: str
    customer_id: str
    placed_at: datetime
    status: OrderStatus
    address: Address
    lines: tuple[OrderLine, ...]
    parcels: tuple[Parcel, ...] = ()
    payments: tuple[Payment, ...] = ()
    promised_at: datetime | None = None
    changes: tuple[OrderChange, ...] = ()  # earliest first

    @property
    def total(self) -> Money:
        """What the lines cost together."""
        minor = sum(line.price.minor * line.quantity for line in self.lines)
        return Money(minor, self.lines[0].price.currency)


class IdentityLevel(StrEnum):
    """How sure the shop is of who is writing, weakest first."""

    ANONYMOUS = "anonymous"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    FRESH = "fresh"

    def reaches(self, needed: "IdentityLevel") -> bool:
        """Tells whether this is at least the level needed."""
        ranks = list(IdentityLevel)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a conversation has shown of its customer, until `expires_at`."""

    conversation: str
    level: IdentityLevel
    customer_id: str
    order_numbers: frozenset[str] | None  # those that it covers; None: all of the customer's
    expires_at: datetime
    fresh_until: datetime | None = None  # once verified: until when it counts as just done

    def level_at(self, moment: datetime) -> IdentityLevel:
        """Returns the level that holds at a moment: what was shown wears off."""
        if self.expires_at <= moment:
            return IdentityLevel.ANONYMOUS
        if self.fresh_until and self.fresh_until > moment:
            return IdentityLevel.FRESH
        return self.level


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeCode:
    """A code that was sent by mail. Neither it nor the address is kept, only what they are known by."""

    id: str
    conversation: str
    customer_id: str | None  # None: there is nobody with that address, and nothing was sent
    address: str  # digest of the e-mail address
    seal: str  # keyed digest of conversation, action and code
    sent_at: datetime
    expires_at: datetime
    failed_tries: int = 0
    used_at: datetime | None = None
