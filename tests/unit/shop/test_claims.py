"""An order number and a proof open that order; who a customer is opens theirs; nothing else does."""

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
from shop.claims import claim_customer, claim_order
from shop.errors import CustomerNotFound, IdentityRequired, OrderNotFound
from shop.identity_rules import Claims, Proof
from shop.model import Address, Customer, Order, OrderStatus
from shop.orders import track_order
from shop.policy import Policy


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


async def test_a_conversation_claims_one_customer(shop, clock, order):
    """Whoever claimed Ada's order gets no other customer's there, with the right proof or later."""
    await claim_order("SK-1001", "10115", conversation="c", shop=shop, clock=clock)
    clock.move(hours=2)
    with pytest.raises(OrderNotFound):
        await claim_order("SK-2002", "LS1 4DY", conversation="c", shop=shop, clock=clock)
    assert await claim_order("SK-1001", "10115", conversation="c", shop=shop, clock=clock) == order


async def test_a_shop_may_let_a_conversation_change_its_customer(shop, clock):
    """Then a claim of another customer ends the one before."""
    shop.policy = Policy(claims=Claims(one_customer=False))
    await claim_order("SK-1001", "10115", conversation="c", shop=shop, clock=clock)
    await claim_order("SK-2002", "LS1 4DY", conversation="c", shop=shop, clock=clock)
    with pytest.raises(IdentityRequired):
        await track_order("SK-1001", conversation="c", shop=shop, clock=clock)


@pytest.mark.parametrize(
    ("by", "proof"),
    [((Proof.ORDER_AND_EMAIL,), "10115"), ((Proof.ORDER_AND_POSTCODE,), "ada@example.com")],
)
async def test_only_proofs_of_the_policy_open_an_order(shop, clock, by, proof):
    """A right proof that the shop does not take is a wrong one."""
    shop.policy = Policy(claims=Claims(by=by))
    with pytest.raises(OrderNotFound):
        await claim_order("SK-1001", proof, conversation="c", shop=shop, clock=clock)


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


async def _calls_of(shop, monkeypatch, claim) -> list[str]:
    """Returns the calls that a claim makes on the records, and how it ends."""
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
        with pytest.raises((OrderNotFound, CustomerNotFound)) as raised:
            await claim
    return [*calls, repr(raised.value), str(raised.value)]


async def test_unknown_foreign_and_locked_take_the_same_path(shop, clock, monkeypatch):
    """The calls on the records and the error are the same, whatever the reason."""

    async def calls(number: str, proof: str) -> list[str]:
        claim = claim_order(number, proof, conversation="x", shop=shop, clock=clock)
        return await _calls_of(shop, monkeypatch, claim)

    unknown = await calls("SK-9999", "10115")
    foreign = await calls("SK-2002", "10115")
    await _fail(shop, clock, 5, conversation="x")
    locked = await calls("SK-1001", "10115")
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


ANYONE = Claims(by=(Proof.EMAIL, Proof.NAME_AND_POSTCODE))


@pytest.fixture
def trusting(shop):
    """A shop that believes whoever knows an e-mail address, or a name and a postcode."""
    shop.policy = Policy(claims=ANYONE)
    return shop


@pytest.mark.parametrize(
    "shown",
    [
        {"email": " ADA@example.com"},
        {"name": "Ada Byron", "postcode": "10115"},
        {"name": "byron, ADA", "postcode": "101 15"},
        {"name": "Ada Byron", "postcode": "10115", "email": "ada@example.com"},
        {"postcode": "nobody's", "email": "ada@example.com"},
    ],
)
async def test_a_customer_is_found_by_what_they_know_of_themselves(trusting, clock, ada, shown):
    """All of their orders are open then, however name, postcode and address are written."""
    asked = {"conversation": "c", "shop": trusting, "clock": clock}
    assert await claim_customer(**shown, **asked) == ada
    assert (await track_order("SK-1001", **asked)).customer_id == "ada"
    with pytest.raises(IdentityRequired):
        await track_order("SK-2002", **asked)


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {"email": "", "name": "", "postcode": ""},
        {"name": "Ada", "postcode": "10115"},
        {"name": "Ada Byron", "postcode": "10559"},
        {"name": "Ada Byron"},
        {"postcode": "10115"},
        {"name": "Ada Byron", "postcode": "10115", "email": "bob@example.com"},
        {"name": "Ada Byron", "postcode": "LS1 4DY", "email": "ada@example.com"},
        {"email": "ada@example.co"},
        {"email": "%@example.com"},
    ],
)
async def test_half_a_proof_leads_to_nobody(trusting, clock, shown):
    """Every part has to be right and whole."""
    with pytest.raises(CustomerNotFound):
        await claim_customer(**shown, conversation="c", shop=trusting, clock=clock)


async def test_a_shop_that_does_not_take_a_proof_takes_it_for_a_wrong_one(shop, clock, monkeypatch):
    """The demo shop asks for an order number, and does not tell whether the rest was right."""

    async def calls(email: str) -> list[str]:
        claim = claim_customer(email=email, conversation="x", shop=shop, clock=clock)
        return await _calls_of(shop, monkeypatch, claim)

    assert await calls("ada@example.com") == await calls("nobody@example.com")


async def test_two_people_of_one_name_and_postcode_are_nobody(trusting, clock, ada):
    """Which of them writes cannot be known, until the e-mail address says so."""
    async with trusting.records() as records:
        await records.customers.save([replace(ada, id="ada2", email="ada2@example.com")])
    asked = {"conversation": "c", "shop": trusting, "clock": clock}
    with pytest.raises(CustomerNotFound):
        await claim_customer(name="Ada Byron", postcode="10115", **asked)
    found = await claim_customer(
        name="Ada Byron", postcode="10115", email="ada2@example.com", **asked
    )
    assert found.id == "ada2"


async def test_an_address_has_a_few_tries_from_all_conversations(trusting, clock):
    """Trying postcodes for a name ends, from however many conversations."""
    trusting.policy = Policy(claims=replace_rules(ANYONE, tries_per_address=3))
    wrong = {"email": "ada@example.com", "name": "Ada Byron", "shop": trusting, "clock": clock}
    for number in range(3):
        with pytest.raises(CustomerNotFound):
            await claim_customer(postcode=f"1000{number}", conversation=f"c{number}", **wrong)
    with pytest.raises(CustomerNotFound):
        await claim_customer(postcode="10115", conversation="new", **wrong)
    clock.move(minutes=61)
    assert await claim_customer(postcode="10115", conversation="new", **wrong)


def replace_rules(rules: Claims, **changes: int) -> Claims:
    """Returns the rules with some changed."""
    return rules.model_copy(update=changes)


async def test_unknown_and_locked_customers_take_the_same_path(trusting, clock, monkeypatch):
    """The calls on the records and the error are the same."""

    async def calls(email: str) -> list[str]:
        claim = claim_customer(email=email, conversation="x", shop=trusting, clock=clock)
        return await _calls_of(trusting, monkeypatch, claim)

    unknown = await calls("nobody@example.com")
    await _fail(trusting, clock, 5, conversation="x")
    assert await calls("ada@example.com") == unknown
