"""What customers ask of their orders."""

from shop.errors import IdentityRequired, OrderNotFound
from shop.identity import covers, covers_account
from shop.model import IdentityLevel, Order
from shop.order_number import normalise_number
from shop.ports import Clock, Records, Shop

__all__ = ["list_orders", "normalise_number", "order_of", "track_order"]


async def track_order(number: str, *, conversation: str, shop: Shop, clock: Clock) -> Order:
    """Returns an order that the conversation has shown to be its customer's.

    Raises:
        OrderNotFound: the text holds no order number.
        IdentityRequired: not shown for this order, whether or not it exists.
    """
    async with shop.snapshot() as records:
        level = shop.policy.reads.order
        return await order_of(
            number, conversation=conversation, level=level, records=records, shop=shop, clock=clock
        )


async def list_orders(*, conversation: str, shop: Shop, clock: Clock) -> list[Order]:
    """Returns all of the customer's orders, latest first.

    Raises:
        IdentityRequired: nothing was shown, not enough, or only that some of them are theirs.
    """
    now, level = clock(), shop.policy.reads.order
    async with shop.snapshot() as records:
        identity = await records.identities.of(conversation)
        if identity is None or not covers_account(identity, at=now, level=level):
            raise IdentityRequired(level)
        return await records.orders.of(identity.customer_id)


async def order_of(
    number: str,
    *,
    conversation: str,
    level: IdentityLevel,
    records: Records,
    shop: Shop,
    clock: Clock,
) -> Order:
    """Returns an order for which the conversation has shown a level, within a transaction.

    Raises:
        OrderNotFound: the text holds no order number.
        IdentityRequired: not shown for this order, whether or not it exists.
    """
    written = normalise_number(number, shop.policy.order_numbers)
    if written is None:
        raise OrderNotFound
    identity = await records.identities.of(conversation)
    order = await records.orders.find(written)
    if order is None or not covers(identity, order, at=clock(), level=level):
        raise IdentityRequired(level)
    return order
