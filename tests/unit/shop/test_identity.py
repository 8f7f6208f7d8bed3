"""Levels are ordered, wear off by themselves, and end with a logout."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shop.errors import CustomerNotFound, OtherCustomer
from shop.identity import covers, covers_account, level_of, sign_in, sign_out
from shop.model import Identity, IdentityLevel, Order


@pytest.fixture
def verified(noon: datetime) -> Identity:
    """Ada, by a code that was given just now."""
    return Identity(
        conversation="c",
        level=IdentityLevel.VERIFIED,
        customer_id="ada",
        order_numbers=None,
        expires_at=noon + timedelta(minutes=60),
        fresh_until=noon + timedelta(minutes=10),
    )


@pytest.fixture
def claimed(verified: Identity) -> Identity:
    """Ada, by the number of one order."""
    return replace(
        verified,
        level=IdentityLevel.CLAIMED,
        order_numbers=frozenset({"SK-1001"}),
        fresh_until=None,
    )


@pytest.mark.parametrize(
    ("minutes", "level"),
    [
        (0, IdentityLevel.FRESH),
        (9, IdentityLevel.FRESH),
        (10, IdentityLevel.VERIFIED),
        (59, IdentityLevel.VERIFIED),
        (60, IdentityLevel.ANONYMOUS),
    ],
)
def test_what_was_shown_wears_off(verified, noon, minutes, level):
    """Fresh for minutes, verified for an hour, then nobody; the moment of expiry is too late."""
    assert verified.level_at(noon + timedelta(minutes=minutes)) is level


@pytest.mark.parametrize("needed", list(IdentityLevel))
def test_a_level_covers_the_weaker_ones(claimed, verified, order: Order, noon, needed):
    """Of the customer's own order, and of nobody else's."""
    claim_is_enough = needed in {IdentityLevel.ANONYMOUS, IdentityLevel.CLAIMED}
    assert covers(claimed, order, at=noon, level=needed) is claim_is_enough
    assert covers(verified, order, at=noon, level=needed)
    later = noon + timedelta(minutes=30)
    assert covers(verified, order, at=later, level=needed) is (needed is not IdentityLevel.FRESH)
    assert not covers(replace(verified, customer_id="bob"), order, at=noon, level=needed)
    assert not covers(None, order, at=noon, level=needed)


def test_a_claim_is_limited_to_the_orders_it_names(claimed, verified, order: Order, noon):
    """It opens neither another order nor the account; a verified customer's level does."""
    other = replace(order, number="SK-1002")
    level = IdentityLevel.CLAIMED
    assert not covers(claimed, other, at=noon)
    assert not covers_account(claimed, at=noon, level=level)
    assert covers(verified, other, at=noon)
    assert covers_account(verified, at=noon, level=level)
    assert covers_account(replace(claimed, order_numbers=None), at=noon, level=level)
    assert not covers_account(verified, at=noon + timedelta(hours=2), level=level)
    assert not covers_account(None, at=noon, level=level)


async def test_a_login_is_verified_until_it_ends(shop, clock, noon):
    """It is neither fresh nor for other conversations, and a logout ends it at once."""
    asked = {"shop": shop, "clock": clock}
    await sign_in("ada", until=noon + timedelta(hours=1), conversation="c", shop=shop)
    assert await level_of("c", **asked) is IdentityLevel.VERIFIED
    assert await level_of("other", **asked) is IdentityLevel.ANONYMOUS
    clock.move(minutes=59)
    assert await level_of("c", **asked) is IdentityLevel.VERIFIED
    clock.move(minutes=1)
    assert await level_of("c", **asked) is IdentityLevel.ANONYMOUS
    await sign_in("ada", until=clock() + timedelta(hours=1), conversation="c", shop=shop)
    assert await sign_out("c", shop=shop, clock=clock)
    assert await level_of("c", **asked) is IdentityLevel.ANONYMOUS


async def test_a_login_keeps_what_the_same_customer_showed(shop, clock, verified):
    """Freshness stays with the customer who showed it, until a logout."""
    async with shop.records() as records:
        await records.identities.save(verified)
    until = clock() + timedelta(hours=1)
    await sign_in("ada", until=until, conversation="c", shop=shop)
    assert await level_of("c", shop=shop, clock=clock) is IdentityLevel.FRESH
    await sign_out("c", shop=shop, clock=clock)
    await sign_in("ada", until=until, conversation="c", shop=shop)
    assert await level_of("c", shop=shop, clock=clock) is IdentityLevel.VERIFIED


@pytest.mark.parametrize("is_signed_out", [False, True])
async def test_a_conversation_never_becomes_another_customers(shop, clock, is_signed_out):
    """Neither while the first customer is known in it, nor after their logout."""
    until = clock() + timedelta(hours=1)
    await sign_in("ada", until=until, conversation="c", shop=shop)
    if is_signed_out:
        await sign_out("c", shop=shop, clock=clock)
    before = await level_of("c", shop=shop, clock=clock)
    with pytest.raises(OtherCustomer):
        await sign_in("bob", until=until, conversation="c", shop=shop)
    assert await level_of("c", shop=shop, clock=clock) is before


async def test_a_login_of_nobody_the_shop_knows_changes_nothing(shop, clock, noon):
    """A customer id that is not in the records is refused."""
    with pytest.raises(CustomerNotFound):
        await sign_in("eve", until=noon + timedelta(hours=1), conversation="c", shop=shop)
    assert await level_of("c", shop=shop, clock=clock) is IdentityLevel.ANONYMOUS
