"""What stands on the invoice of an order."""

from dataclasses import dataclass
from datetime import datetime

from shop.errors import OrderNotFound
from shop.model import Address, Money, Order, OrderLine, OrderStatus, Payment
from shop.orders import order_of
from shop.ports import Clock, Shop
from shop.refusal import Refusal, Why

_INVOICED = {OrderStatus.SHIPPED, OrderStatus.DELIVERED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice: prices as they were paid."""

    order: str
    placed_at: datetime
    name: str
    address: Address
    lines: tuple[OrderLine, ...]
    total: Money
    payments: tuple[Payment, ...]


def has_invoice(order: Order) -> bool:
    """Tells whether an order is on its way or there: an invoice is made when it is sent."""
    return order.status in _INVOICED


async def get_invoice(number: str, *, conversation: str, shop: Shop, clock: Clock) -> Invoice:
    """Returns the invoice of an order that is on its way or there.

    Raises:
        OrderNotFound: the text holds no order number.
        IdentityRequired: not shown for this order, whether or not it exists.
        Refusal: there is no invoice yet, or no more.
    """
    async with shop.snapshot() as records:
        order = await order_of(
            number,
            conversation=conversation,
            level=shop.policy.reads.invoice,
            records=records,
            shop=shop,
            clock=clock,
        )
        customer = await records.customers.find(order.customer_id)
    if customer is None:
        raise OrderNotFound
    if not has_invoice(order):
        raise Refusal(Why.ORDER_STATUS, status=order.status.value)
    return Invoice(
        order=order.number,
        placed_at=order.placed_at,
        name=f"{customer.first_name} {customer.last_name}",
        address=customer.address,
        lines=order.lines,
        total=order.total,
        payments=order.payments,
    )
