"""What a customer may ask the shop to do. A command holds ids only; `shop.service` carries it out."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from shop.model import Action, Address
from shop.problems import Problem, Resolution


@dataclass(frozen=True, slots=True)
class Command:
    """Something to be done."""

    action: ClassVar[Action]


@dataclass(frozen=True, slots=True)
class OrderCommand(Command):
    """Something to be done to the order with a number."""

    order: str


@dataclass(frozen=True, slots=True)
class Swap:
    """Pieces of a line that shall become another variant of the same product."""

    line_id: str
    variant_id: str
    quantity: int | None = None  # None: all of them


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of a line."""

    line_id: str
    quantity: int | None = None  # None: all of them


@dataclass(frozen=True, slots=True)
class CancelOrder(OrderCommand):
    """Stops an order and pays it back; the reason is one of the policy's."""

    action = Action.CANCEL_ORDER
    reason: str


@dataclass(frozen=True, slots=True)
class ChangeShippingAddress(OrderCommand):
    """Sends an order elsewhere."""

    action = Action.CHANGE_SHIPPING_ADDRESS
    address: Address


@dataclass(frozen=True, slots=True)
class ChangeItems(OrderCommand):
    """Swaps items before they are sent; the method pays or receives the difference."""

    action = Action.CHANGE_ITEMS
    swaps: tuple[Swap, ...]
    payment_method: str


@dataclass(frozen=True, slots=True)
class ChangePaymentMethod(OrderCommand):
    """Pays an order in another way, and pays back what was paid before."""

    action = Action.CHANGE_PAYMENT_METHOD
    payment_method: str


@dataclass(frozen=True, slots=True)
class ReturnItems(OrderCommand):
    """Gives delivered pieces back for their price."""

    action = Action.RETURN_ITEMS
    pieces: tuple[Pieces, ...]
    refund_to: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeItems(OrderCommand):
    """Gives delivered pieces back for another variant; the method settles the difference."""

    action = Action.EXCHANGE_ITEMS
    swaps: tuple[Swap, ...]
    payment_method: str


@dataclass(frozen=True, slots=True)
class ChangeDeliveryDay(OrderCommand):
    """Has the parcels that are still to come brought on another day, of the shop's time zone."""

    action = Action.CHANGE_DELIVERY_DAY
    day: date


@dataclass(frozen=True, slots=True)
class RedirectDelivery(OrderCommand):
    """Has the parcels that are still to come wait at a pick-up point."""

    action = Action.REDIRECT_DELIVERY
    pick_up_point: str


@dataclass(frozen=True, slots=True)
class ReportDeliveryProblem(OrderCommand):
    """Tells of a delivery that went wrong, and chooses what is done about it."""

    action = Action.REPORT_DELIVERY_PROBLEM
    problem: Problem
    resolution: Resolution
    pieces: tuple[Pieces, ...] = ()  # none: all that is in the parcels


@dataclass(frozen=True, slots=True)
class ChangeDefaultAddress(Command):
    """Moves the customer."""

    action = Action.CHANGE_DEFAULT_ADDRESS
    address: Address


@dataclass(frozen=True, slots=True)
class ChangeEmail(Command):
    """Writes to the customer elsewhere."""

    action = Action.CHANGE_EMAIL
    email: str


@dataclass(frozen=True, slots=True)
class ChangePhone(Command):
    """Calls the customer under another number."""

    action = Action.CHANGE_PHONE
    phone: str


@dataclass(frozen=True, slots=True)
class ChangeNewsletter(Command):
    """Sends the newsletter, or stops sending it."""

    action = Action.CHANGE_NEWSLETTER
    subscribed: bool


@dataclass(frozen=True, slots=True)
class DeleteAccount(Command):
    """Asks for the account to be deleted, which a person then does."""

    action = Action.DELETE_ACCOUNT
