"""What a shop keeps records of. Plain values: no storage, no wording for customers.

Money is in minor units (cents) with its ISO 4217 currency; times are aware and in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units of one currency."""

    minor: int
    currency: str


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
    events: tuple[TrackingEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that moved for an order; refunds are negative."""

    at: datetime
    method_id: str
    amount: Money


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


class IdentityLevel(StrEnum):
    """How sure the shop is of who is writing, weakest first."""

    ANONYMOUS = "anonymous"
    CLAIMED = "claimed"
    VERIFIED = "verified"
    FRESH = "fresh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a conversation has shown of its customer, until `expires_at`."""

    conversation: str
    level: IdentityLevel
    customer_id: str
    order_numbers: frozenset[str]  # those that a claim covers
    expires_at: datetime
