"""What will happen, in typed values: shown before a yes, carried out after it, kept in the ledger.

A plan has no words for customers in it. Its digest tells whether two plans are the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from pydantic import TypeAdapter

from shop.delivery_terms import DeliveryTerms
from shop.errors import CustomerError
from shop.model import Action, Address, Customer, Money, Order, OrderStatus, Product
from shop.policy import Policy
from shop.problems import Resolution

Payer = Literal["shop", "customer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedVariant:
    """What a line becomes."""

    id: str
    options: Mapping[str, str]
    price: Money  # of one piece


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedLine:
    """Pieces of a line that something happens to."""

    line_id: str
    product_id: str
    title: str
    options: Mapping[str, str]
    quantity: int
    price: Money  # of one piece, as it was bought
    becomes: PlannedVariant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that moves: positive from the customer, negative back to them."""

    method_id: str
    kind: str
    label: str
    amount: Money
    days_at_least: int = 0  # working days until a refund is there
    days_at_most: int = 0
    is_after_receipt: bool = False  # counted from the arrival of the goods at the shop


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Exactly what will happen. What does not apply is left out."""

    action: Action
    customer_id: str
    order: str | None = None
    lines: tuple[PlannedLine, ...] = ()
    difference: Money | None = None  # of a swap: positive if the customer pays
    movements: tuple[Movement, ...] = ()
    status: OrderStatus | None = None  # that the order will have
    reason: str = ""
    address: Address | None = None
    email: str | None = None
    phone: str | None = None
    subscribed: bool | None = None
    way_back_paid_by: Payer | None = None
    resolution: Resolution | None = None  # of a delivery problem
    day: date | None = None  # on which a parcel comes, or until which it is waited for

    @property
    def refunded_minor(self) -> int:
        """How much goes back to the customer, in minor units."""
        return -sum(each.amount.minor for each in self.movements if each.amount.minor < 0)

    @property
    def cost_minor(self) -> int:
        """What it costs the shop: refunds, and goods that are sent again."""
        is_resent = self.resolution is Resolution.RESEND
        resent = sum(line.price.minor * line.quantity for line in self.lines) if is_resent else 0
        return self.refunded_minor + resent

    @property
    def digest(self) -> str:
        """A short text that is the same for the same plan only."""
        return sha256(canonical(self).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was carried out, with the reference under which the shop finds it."""

    reference: str
    plan: Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The facts that the rules judge by."""

    policy: Policy
    customer: Customer
    now: datetime
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCase(Case):
    """The facts about an order and the products in it."""

    order: Order
    products: Mapping[str, Product]
    delivery: DeliveryTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A plan with the records as they will be."""

    plan: Plan
    customer: Customer
    order: Order | None = None
    products: tuple[Product, ...] = ()


class NeedsApproval(CustomerError):
    """A person at the shop decides this; it carries the proposal."""

    code = "needs-approval"

    def __init__(self, plan: Plan) -> None:
        super().__init__("a person has to approve this")
        self.plan = plan


class PlanChanged(CustomerError):
    """It would no longer be what was confirmed; nothing was changed. It carries what it would be now."""

    code = "plan-changed"

    def __init__(self, plan: Plan) -> None:
        super().__init__("this is no longer what was confirmed")
        self.plan = plan


def canonical(value: object) -> str:
    """Returns a dataclass as JSON, always written in the same way."""
    written = TypeAdapter(type(value)).dump_python(value, mode="json")
    return json.dumps(written, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
