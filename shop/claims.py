"""What customers claim: an order by its number and a proof, an account by e-mail or name and postcode.

What does not exist, what is somebody else's and what is locked after too many tries take the same
path, with the same reads and one write, and end in the same error.
"""

import hmac
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from shop.comparable import comparable, person_key
from shop.errors import CustomerNotFound, OrderNotFound
from shop.identity_rules import Claims, Proof
from shop.model import Customer, Identity, IdentityLevel, Order
from shop.order_number import normalise_number
from shop.ports import Clock, Customers, Identities, Shop
from shop.tries import Tries, at_address, at_order


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
    targets = {at_order(written): rules.tries_per_order}
    async with shop.records() as records:
        identities = records.identities
        tries = await Tries.of(conversation, targets, identities=identities, rules=rules, now=now)
        order = await records.orders.find(written)
        customer = await records.customers.find(order.customer_id if order else "")
        opened = order if _proves(proof, order, customer, rules) else None
        claim = _claim(opened.customer_id, {opened.number}, tries) if opened else None
        is_kept = await _keep(claim, tries, identities)
    if opened is None or not is_kept:
        raise OrderNotFound
    return opened


async def claim_customer(
    *,
    email: str = "",
    name: str = "",
    postcode: str = "",
    conversation: str,
    shop: Shop,
    clock: Clock,
) -> Customer:
    """Returns the customer whom an e-mail address, or a name and a postcode, lead to.

    The claim covers all of the customer's orders. Where both are given, both have to be right.

    Raises:
        CustomerNotFound: there is no such customer, or more than one; the policy takes no such
            proof; or there were too many tries.
    """
    rules, now = shop.policy.claims, clock()
    shown = {Proof.EMAIL: comparable(email), Proof.NAME_AND_POSTCODE: person_key(name, postcode)}
    given = [proof for proof, value in shown.items() if value]
    targets = {at_address(shown[proof]): rules.tries_per_address for proof in given}
    is_enough = any(proof in rules.by for proof in given)
    async with shop.records() as records:
        identities = records.identities
        tries = await Tries.of(conversation, targets, identities=identities, rules=rules, now=now)
        found = await _only(records.customers, email, name, postcode)
        customer = found if is_enough else None
        claim = _claim(customer.id, None, tries) if customer else None
        is_kept = await _keep(claim, tries, identities)
    if customer is None or not is_kept:
        raise CustomerNotFound
    return customer


def _claim(customer_id: str, order_numbers: Collection[str] | None, tries: Tries) -> Identity:
    return Identity(
        conversation=tries.conversation,
        level=IdentityLevel.CLAIMED,
        customer_id=customer_id,
        order_numbers=None if order_numbers is None else frozenset(order_numbers),
        expires_at=tries.now + tries.rules.validity,
    )


async def _keep(claim: Identity | None, tries: Tries, identities: Identities) -> bool:
    """Keeps a claim that is right and still allowed, or else counts a failed try."""
    known = await identities.of(tries.conversation)
    is_other = bool(claim and known and known.customer_id != claim.customer_id)
    if claim is None or tries.spent or (is_other and tries.rules.one_customer):
        await tries.record(identities)
        return False
    await identities.save(_joined(claim, known, tries.now))
    return True


def _joined(claim: Identity, known: Identity | None, now: datetime) -> Identity:
    """Returns what is known after a claim: what else was shown of the same customer stays."""
    if known is None or known.customer_id != claim.customer_id or known.expires_at <= now:
        return claim
    if known.level is not IdentityLevel.CLAIMED:
        return known
    if known.order_numbers is None or claim.order_numbers is None:
        return replace(claim, order_numbers=None)
    return replace(claim, order_numbers=claim.order_numbers | known.order_numbers)


async def _only(customers: Customers, email: str, name: str, postcode: str) -> Customer | None:
    """Returns the one customer whom all that is given leads to."""
    with_email = await customers.with_email(email)
    named = await customers.named(name, postcode)
    if not comparable(email):
        return named[0] if len(named) == 1 else None
    is_named = with_email in named or not person_key(name, postcode)
    return with_email if is_named else None


def _proves(proof: str, order: Order | None, customer: Customer | None, rules: Claims) -> bool:
    given = comparable(proof).encode("utf-8", "surrogatepass")
    matches = [hmac.compare_digest(given, each) for each in _proofs(order, customer, rules)]
    return any(matches) and given != b""


def _proofs(order: Order | None, customer: Customer | None, rules: Claims) -> Iterator[bytes]:
    """Yields what proves an order: as many comparisons whether or not it exists."""
    emails = (customer.email if customer else "",)
    postcodes = (
        customer.address.postcode if customer else "",
        order.address.postcode if order else "",
    )
    for proof, values in (
        (Proof.ORDER_AND_EMAIL, emails),
        (Proof.ORDER_AND_POSTCODE, postcodes),
    ):
        for value in values if proof in rules.by else ():
            yield comparable(value).encode("utf-8", "surrogatepass")
