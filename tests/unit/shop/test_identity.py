"""An order number and a proof open that order, for a while, and nothing else."""

# ruff: noqa: RUF001 (customers write digits of other scripts)

import asyncio
import contextlib
import inspect
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.adapters.memory import MemoryRecords, MemoryShop
from shop.errors import IdentityRequired, OrderNotFound
from shop.identity import claim_order, covers
from shop.model import Address, Customer, Identity, IdentityLevel, Order, OrderStatus
from shop.orders import track_order
from shop.policy import Claims, Policy


@pytest.mark.parametrize(
    "proof",
    [
        "ada@example.com",
        " Ada@Example.COM ",
        "10115",
        " 101 15",
        "10559",
        "１０１１５",
    ],
)
async def test_a_proof_opens_the_order(shop, clock, order, proof):
    """The e-mail address, her postcode and the parcel's do, whatever their case and blanks."""
    assert await claim_order("sk 1001", proof, conversation="c", shop=shop, clock=clock) == order


@pytest.mark.parametrize("proof", ["LS14DY", "ls1 4dy"])
async def test_a_postcode_may_be_written_with_or_without_blanks(shop, clock, bobs_order, proof):
    """British postcodes are written both ways."""
    found = await claim_order("SK-2002", proof, conversation="c", shop=shop, clock=clock)
    assert found == bobs_order


async def test_an_empty_proof_opens_nothing_even_where_the_record_is_empty(clock, ada, order):
    """A record without a postcode is not opened by saying nothing."""
    shop = MemoryShop()
    nowhere = replace(ada.address, postcode="")
    async with shop.records() as records:
        await records.customers.save([replace(ada, email="", address=nowhere)])
        await records.orders.save([replace(order, address=nowhere)])
    for proof in ("", " ", "\u3000"):
        with pytest.raises(OrderNotFound):
            await claim_order("SK-1001", proof, conversation="c", shop=shop, clock=clock)


async def test_a_claim_holds_for_its_order_and_its_time(shop, clock, order):
    """Thirty minutes later, or for the next order, it has to be shown again."""
    await claim_order("SK-1001", "10115", conversation="c", shop=shop, clock=clock)
    assert await track_order("1001", conversation="c", shop=shop, clock=clock) == order
    with pytest.raises(IdentityRequired):
        await track_order("SK-1001", conversation="other", shop=shop, clock=clock)
    with pytest.raises(IdentityRequired):
        await track_order("SK-2002", conversation="c", shop=shop, clock=clock)
    clock.move(minutes=30)
    with pytest.raises(IdentityRequired):
        await track_order("SK-1001", conversation="c", shop=shop, clock=clock)


async def test_claims_of_one_customer_add_up(shop, clock, order):
    """A second order of the same customer leaves the first open."""
    async with shop.records() as records:
        await records.orders.save([replace(order, number="SK-1002")])
    for number in ("SK-1001", "SK-1002"):
        await claim_order(number, "10115", conversation="c", shop=shop, clock=clock)
    for number in ("SK-1001", "SK-1002"):
        assert await track_order(number, conversation="c", shop=shop, clock=clock)


async def test_a_claim_of_another_customer_ends_the_one_before(shop, clock):
    """A conversation is of one customer at a time."""
    await claim_order("SK-1001", "10115", conversation="c", shop=shop, clock=clock)
    await claim_order("SK-2002", "LS1 4DY", conversation="c", shop=shop, clock=clock)
    with pytest.raises(IdentityRequired):
        await track_order("SK-1001", conversation="c", shop=shop, clock=clock)


async def test_an_unknown_order_asks_for_identity_like_a_foreign_one(shop, clock):
    """Asking does not tell which orders exist; what is no number at all is not found."""
    for number in ("SK-2002", "SK-9999"):
        with pytest.raises(IdentityRequired, match="has not been shown"):
            await track_order(number, conversation="c", shop=shop, clock=clock)
    with pytest.raises(OrderNotFound):
        await track_order("the blue one", conversation="c", shop=shop, clock=clock)


async def _fail(shop, clock, times: int, *, conversation: str, number: str = "SK-1001") -> None:
    for _ in range(times):
        with pytest.raises(OrderNotFound):
            await claim_order(number, "wrong", conversation=conversation, shop=shop, clock=clock)


async def _opens(shop, clock, conversation: str) -> bool:
    try:
        await claim_order("SK-1001", "10115", conversation=conversation, shop=shop, clock=clock)
    except OrderNotFound:
        return False
    return True


async def test_a_conversation_has_a_few_tries(shop, clock):
    """After five failed tries the right proof opens nothing, until they are an hour old."""
    await _fail(shop, clock, 4, conversation="c", number="SK-2002")
    assert await _opens(shop, clock, "c")
    await _fail(shop, clock, 1, conversation="c", number="no number")
    assert not await _opens(shop, clock, "c")
    clock.move(minutes=61)
    assert await _opens(shop, clock, "c")


async def test_an_order_has_a_few_tries_from_all_conversations(shop, clock):
    """Starting new conversations does not give more tries at an order, existing or not."""
    for number in range(8):
        await _fail(shop, clock, 1, conversation=f"c{number}")
    assert not await _opens(shop, clock, "new")


async def test_all_orders_together_have_a_limit(shop, clock):
    """Trying number after number from ever new conversations comes to an end."""
    shop.policy = Policy(claims=Claims(tries_overall=10))
    for number in range(10):
        await _fail(shop, clock, 1, conversation=f"c{number}", number=f"SK-{3000 + number}")
    assert not await _opens(shop, clock, "new")


async def test_a_spent_conversation_locks_nobody_else_out(shop, clock):
    """Going on after the limit does not count against the order or everyone."""
    await _fail(shop, clock, 100, conversation="c")
    assert await _opens(shop, clock, "owner")


async def _calls_of(shop, clock, number: str, proof: str, monkeypatch) -> list[str]:
    """Returns the calls that a claim makes on the records."""
    calls: list[str] = []

    class Watched:
        def __init__(self, name: str, target: object) -> None:
            self._name, self._target = name, target

        def __getattr__(self, verb: str) -> object:
            method = getattr(self._target, verb)
            if inspect.iscoroutinefunction(method):
                calls.append(f"{self._name}.{verb}")
            return method

    original = MemoryRecords.__init__

    def watched(self, state) -> None:
        original(self, state)
        for name, target in list(vars(self).items()):
            setattr(self, name, Watched(name, target))

    with monkeypatch.context() as patch:
        patch.setattr(MemoryRecords, "__init__", watched)
        with pytest.raises(OrderNotFound) as raised:
            await claim_order(number, proof, conversation="x", shop=shop, clock=clock)
    return [*calls, repr(raised.value), str(raised.value)]


async def test_unknown_foreign_and_locked_take_the_same_path(shop, clock, monkeypatch):
    """The calls on the records and the error are the same, whatever the reason."""
    unknown = await _calls_of(shop, clock, "SK-9999", "10115", monkeypatch)
    foreign = await _calls_of(shop, clock, "SK-2002", "10115", monkeypatch)
    await _fail(shop, clock, 5, conversation="x")
    locked = await _calls_of(shop, clock, "SK-1001", "10115", monkeypatch)
    assert unknown == foreign == locked
    assert "identities.record_failure" in unknown


NOW = datetime.fromisoformat("2026-05-04T12:00:00+00:00")
FOREIGN = "SK-2002"
OWN = ["SK-1001", "ada@example.com", "10115", "10559"]


def _small_shop() -> MemoryShop:
    """Returns a shop without limits, so that only the proof decides."""
    many = 10**6
    claims = Claims(tries_per_conversation=many, tries_per_order=many, tries_overall=many)
    return MemoryShop(Policy(claims=claims))


async def _fill(shop: MemoryShop) -> None:
    async with shop.records() as records:
        for customer_id, number, postcode in (
            ("ada", "SK-1001", "10115"),
            ("bob", FOREIGN, "20095"),
        ):
            home = Address(line1="1", city="X", postcode=postcode, country="DE")
            name = customer_id.title()
            await records.customers.save(
                [
                    Customer(
                        id=customer_id,
                        first_name=name,
                        last_name=name,
                        email=f"{customer_id}@example.com",
                        address=home,
                    )
                ]
            )
            await records.orders.save(
                [
                    Order(
                        number=number,
                        customer_id=customer_id,
                        placed_at=NOW,
                        status=OrderStatus.PENDING,
                        address=home,
                        lines=(),
                    )
                ]
            )


WORDS = st.sampled_from(
    [
        *OWN,
        FOREIGN,
        "sk2002",
        "2002",
        "ada",
        "@example.com",
        "b\u043eb@example.com",
        "%",
        "*",
        "2009",
    ]
) | st.text(max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS, st.integers(0, 40)), max_size=12))
def test_no_proof_of_another_customer_opens_an_order(steps: list[tuple[str, str, int]]):
    """Whatever Ada's conversation says, without Bob's own data it never sees Bob's order."""
    known = {"bob@example.com", "20095"}
    steps = [step for step in steps if not known & {"".join(step[1].casefold().split())}]

    async def converse() -> None:
        shop, now = _small_shop(), [NOW]
        await _fill(shop)
        same = {"conversation": "c", "shop": shop, "clock": lambda: now[0]}
        for number, proof, minutes in steps:
            now[0] += timedelta(minutes=minutes)
            asked = (
                claim_order(number, proof, **same),
                track_order(number, **same),
                track_order(FOREIGN, **same),
            )
            for question in asked:
                with contextlib.suppress(OrderNotFound, IdentityRequired):
                    assert (await question).customer_id == "ada"

    asyncio.run(converse())


@pytest.mark.parametrize(
    ("shown", "needed", "is_enough"),
    [
        (IdentityLevel.ANONYMOUS, IdentityLevel.CLAIMED, False),
        (IdentityLevel.CLAIMED, IdentityLevel.CLAIMED, True),
        (IdentityLevel.CLAIMED, IdentityLevel.VERIFIED, False),
        (IdentityLevel.VERIFIED, IdentityLevel.CLAIMED, True),
        (IdentityLevel.VERIFIED, IdentityLevel.FRESH, False),
        (IdentityLevel.FRESH, IdentityLevel.VERIFIED, True),
    ],
)
def test_a_level_covers_the_weaker_ones(order, noon, shown, needed, is_enough):
    """Levels are ordered from anonymous to fresh; the moment of expiry is too late."""
    identity = Identity(
        conversation="c",
        level=shown,
        customer_id="ada",
        order_numbers=frozenset({"SK-1001"}),
        expires_at=noon + timedelta(minutes=1),
    )
    assert covers(identity, order, at=noon, level=needed) is is_enough
    assert not covers(identity, order, at=noon + timedelta(minutes=1), level=needed)
    assert not covers(replace(identity, customer_id="bob"), order, at=noon, level=needed)


def test_a_verified_customer_needs_no_claim(order, noon):
    """Only a claim is limited to the orders it names."""
    identity = Identity(
        conversation="c",
        level=IdentityLevel.VERIFIED,
        customer_id="ada",
        order_numbers=frozenset(),
        expires_at=noon + timedelta(minutes=1),
    )
    assert covers(identity, order, at=noon)
