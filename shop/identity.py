"""Who a conversation has shown itself to be: claims by order number and a proof, and their limits.

An order that does not exist, one that is not theirs and one that is locked after too many tries
take the same path, with the same reads and one write, and end in the same error.
"""

import hmac
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from shop.errors import OrderNotFound
from shop.model import Customer, Identity, IdentityLevel, Order
from shop.order_number import normalise_number
from shop.policy import Claims
from shop.ports import Clock, Shop


async def claim_order(
    number: str, proof: str, *, conversation: str, shop: Shop, clock: Clock
) -> Order:
    """Returns the order that a number and a proof open, and remembers the claim for a while.

    Args:
        number: as the customer wrote it.
        proof: the e-mail address of the order's customer, or a postcode of either.
        conversation: whose claim it is; its failed tries count.
        shop: the records and the rules.
        clock: tells when the claim ends, and which tries still count.

    Raises:
        OrderNotFound: there is no such order, the proof is wrong, or there were too many tries.
    """
    written = normalise_number(number, shop.policy.order_numbers) or ""
    rules, now = shop.policy.claims, clock()
    async with shop.records() as records:
        identities = records.identities
        order = await records.orders.find(written)
        customer = await records.customers.find(order.customer_id if order else "")
        limits = _limits(conversation, written, rules)
        failures = {
            subject: await identities.failures(subject, now - rules.window) for subject in limits
        }
        spent = [subject for subject, limit in limits.items() if failures[subject] >= limit]
        is_proven = _proves(proof, order, customer)
        if order and is_proven and not spent:
            known = await identities.of(conversation)
            await identities.save(_claim(order, conversation, known, rules, now))
            return order
        own = _subject(conversation)
        await identities.record_failure([own] if own in spent else limits, now)
    raise OrderNotFound


def covers(
    identity: Identity | None,
    order: Order,
    *,
    at: datetime,
    level: IdentityLevel = IdentityLevel.CLAIMED,
) -> bool:
    """Tells whether what a conversation has shown reaches a level for an order, at a moment."""
    if identity is None or identity.customer_id != order.customer_id or identity.expires_at <= at:
        return False
    is_claim = identity.level is IdentityLevel.CLAIMED
    if is_claim and order.number not in identity.order_numbers:
        return False
    return _rank(identity.level) >= _rank(level)


def _rank(level: IdentityLevel) -> int:
    return list(IdentityLevel).index(level)


def _claim(
    order: Order, conversation: str, known: Identity | None, rules: Claims, now: datetime
) -> Identity:
    """Returns the identity after a claim: what the conversation claimed of the same customer stays."""
    claim = Identity(
        conversation=conversation,
        level=IdentityLevel.CLAIMED,
        customer_id=order.customer_id,
        order_numbers=frozenset({order.number}),
        expires_at=now + rules.validity,
    )
    if known and known.customer_id == order.customer_id and known.expires_at > now:
        return replace(claim, order_numbers=claim.order_numbers | known.order_numbers)
    return claim


def _subject(conversation: str) -> str:
    return f"conversation:{conversation}"


def _limits(conversation: str, number: str, rules: Claims) -> dict[str, int]:
    """Returns how many failed tries each subject may have. A spent conversation counts for no other."""
    return {
        _subject(conversation): rules.tries_per_conversation,
        f"order:{number}": rules.tries_per_order,
        "all": rules.tries_overall,
    }


def _proves(proof: str, order: Order | None, customer: Customer | None) -> bool:
    given = _comparable(proof)
    matches = [hmac.compare_digest(given, known) for known in _proofs(order, customer)]
    return any(matches) and given != b""


def _proofs(order: Order | None, customer: Customer | None) -> Iterator[bytes]:
    """Yields what proves an order: as many comparisons whether or not it exists."""
    yield _comparable(customer.email if customer else "")
    yield _comparable(customer.address.postcode if customer else "")
    yield _comparable(order.address.postcode if order else "")


def _comparable(text: str) -> bytes:
    """Returns an e-mail address or postcode without what people write differently."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(plain.split()).encode("utf-8", "surrogatepass")
