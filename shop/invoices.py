"""What stands on the invoice of an order."""

from dataclasses import dataclass
from datetime import datetime

from shop.errors import OrderNotFound
from shop.model import Address, Money, OrderLine, OrderStatus, Payment
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
    if order.status not in _INVOICED:
        raise Refusal(Why.ORDER_STATUS, status=order.status.value)
    total = sum(line.price.minor * line.quantity for line in order.lines)
    return Invoice(
        order=order.number,
        placed_at=order.placed_at,
        name=f"{customer.first_name} {customer.last_name}",
        address=customer.address,
        lines=order.lines,
        total=Money(total, order.lines[0].price.currency),
        payments=order.payments,
    )
