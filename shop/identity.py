"""Who a conversation has shown itself to be, and for how long: the levels, and what covers what.

A conversation rises by claims (`shop.claims`), by a one-time code (`shop.codes`) or by a login at
the shop's own site; each wears off by itself, and a logout ends them all.
"""

from dataclasses import replace
from datetime import datetime

from shop.claims import claim_customer, claim_order
from shop.errors import CustomerNotFound, OtherCustomer
from shop.model import Identity, IdentityLevel, Order
from shop.ports import Clock, Records, Shop

__all__ = [
    "claim_customer",
    "claim_order",
    "covers",
    "covers_account",
    "identity_of",
    "level_of",
    "sign_in",
    "sign_out",
]


def covers(
    identity: Identity | None,
    order: Order,
    *,
    at: datetime,
    level: IdentityLevel = IdentityLevel.CLAIMED,
) -> bool:
    """Tells whether what a conversation has shown reaches a level for an order, at a moment."""
    if identity is None or identity.customer_id != order.customer_id:
        return False
    numbers = identity.order_numbers
    is_covered = numbers is None or order.number in numbers
    return is_covered and identity.level_at(at).reaches(level)


def covers_account(identity: Identity | None, *, at: datetime, level: IdentityLevel) -> bool:
    """Tells whether it reaches a level for the customer's account: a claim of one order does not."""
    if identity is None or identity.order_numbers is not None:
        return False
    return identity.level_at(at).reaches(level)


async def identity_of(conversation: str, *, shop: Shop, clock: Clock) -> Identity | None:
    """Returns what a conversation has shown, as far as it still holds."""
    async with shop.snapshot() as records:
        identity = await records.identities.of(conversation)
    return identity if identity and identity.expires_at > clock() else None


async def level_of(conversation: str, *, shop: Shop, clock: Clock) -> IdentityLevel:
    """Returns how sure the shop is of who writes in a conversation."""
    identity = await identity_of(conversation, shop=shop, clock=clock)
    return identity.level_at(clock()) if identity else IdentityLevel.ANONYMOUS


async def sign_in(customer_id: str, *, until: datetime, conversation: str, shop: Shop) -> None:
    """Takes the shop's own word for who a conversation's customer is, verified until a moment.

    Raises:
        CustomerNotFound: the shop has no such customer here.
        OtherCustomer: the conversation was another customer's: what was said in it is theirs.
    """
    async with shop.records() as records:
        known = await _known(customer_id, conversation, records)
        await records.identities.save(
            Identity(
                conversation=conversation,
                level=IdentityLevel.VERIFIED,
                customer_id=customer_id,
                order_numbers=None,
                expires_at=until,
                fresh_until=known.fresh_until if known else None,
            )
        )


async def sign_out(conversation: str, *, shop: Shop, clock: Clock) -> bool:
    """Ends all that a conversation has shown, as after a logout; tells whether there was anything.

    It stays known whose conversation it was, so that it never becomes another customer's.
    """
    async with shop.records() as records:
        known = await records.identities.of(conversation)
        if known is None:
            return False
        now = clock()
        ended = replace(known, expires_at=min(known.expires_at, now), fresh_until=None)
        await records.identities.save(ended)
    return True


async def _known(customer_id: str, conversation: str, records: Records) -> Identity | None:
    """Returns what a conversation has shown of a customer, and refuses one of another's."""
    if await records.customers.find(customer_id) is None:
        raise CustomerNotFound
    known = await records.identities.of(conversation)
    if known is not None and known.customer_id != customer_id:
        raise OtherCustomer
    return known
