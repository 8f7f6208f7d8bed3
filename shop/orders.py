"""What customers ask of their orders."""

from shop.errors import IdentityRequired, OrderNotFound
from shop.identity import covers
from shop.model import Order
from shop.order_number import normalise_number
from shop.ports import Clock, Shop

__all__ = ["normalise_number", "track_order"]


async def track_order(number: str, *, conversation: str, shop: Shop, clock: Clock) -> Order:
    """Returns an order that the conversation has shown to be its customer's.

    Raises:
        OrderNotFound: the text holds no order number.
        IdentityRequired: not shown for this order, whether or not it exists.
    """
    written = normalise_number(number, shop.policy.order_numbers)
    if written is None:
        raise OrderNotFound
    async with shop.snapshot() as records:
        identity = await records.identities.of(conversation)
        order = await records.orders.find(written)
    if order is None or not covers(identity, order, at=clock()):
        raise IdentityRequired
    return order
