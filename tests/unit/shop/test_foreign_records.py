"""Whatever a conversation says, it neither sees nor changes a field of another customer's records."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.adapters.memory import MemoryShop
from shop.codes import confirm_code, request_code
from shop.commands import (
    CancelOrder,
    ChangeDefaultAddress,
    ChangeEmail,
    ChangeItems,
    ChangeNewsletter,
    ChangePaymentMethod,
    ChangePhone,
    ChangeShippingAddress,
    Command,
    DeleteAccount,
    ExchangeItems,
    Pieces,
    ReturnItems,
    Swap,
)
from shop.errors import ShopError
from shop.identity import claim_customer, claim_order, identity_of, sign_out
from shop.identity_rules import Proof
from shop.invoices import get_invoice
from shop.mail import Mail
from shop.model import (
    Action,
    Address,
    Customer,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    Payment,
    PaymentMethod,
    Product,
    Variant,
)
from shop.orders import list_orders, track_order
from shop.plan import Done, Plan
from shop.policy import Policy
from shop.refunds import track_refunds
from shop.service import perform, preview

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TAINT = "Zqx"  # stands in every text of the other customer's records
FOREIGN_SIGNS = (TAINT, "id='bob'")
MANY = 10**6
CODE = 424242  # the one that is always sent, and never guessed

ORDER_WORDS = ["SK-1001", "SK-1002", "SK-2001", "sk 2002", "#2001", "SK-2001 SK-1001", "0", ""]
PROOF_WORDS = ["ada@example.com", "10115", "20095", "bob", "@example.com", "%", "*", "' OR 1=1", ""]
NAME_WORDS = ["Ada Byron", "byron ada", "Bob", f"Bob {TAINT}", "%", ""]
ID_WORDS = ["1", "2", "kettle-red", "kettle-black", "ada-card", "bob-card", "bob-gift", "", "'"]
CODE_WORDS = ["000000", "123456", "42424", "４２４２４", "", "last"]  # noqa: RUF001

BERLIN = Address(line1="Torstr. 1", city="Berlin", postcode="10115", country="DE")
FOREIGN = Address(line1=f"{TAINT} 1", city=TAINT, postcode=f"{TAINT}1", country="DE", state=TAINT)


def customer(customer_id: str, name: str, address: Address) -> Customer:
    """Returns a customer with a card and a gift card."""
    taint = TAINT if customer_id == "bob" else ""
    return Customer(
        id=customer_id,
        first_name=customer_id.title(),
        last_name=name,
        email=f"{customer_id}@example.com",
        address=address,
        phone=taint or None,
        payment_methods=(
            PaymentMethod(id=f"{customer_id}-card", kind="card", label=f"Visa {taint}"),
            PaymentMethod(
                id=f"{customer_id}-gift", kind="gift-card", label=taint, balance=Money(MANY, "EUR")
            ),
        ),
    )


def order(number: str, owner: Customer, status: OrderStatus) -> Order:
    """Returns an order of two kettles."""
    taint = TAINT if owner.id == "bob" else ""
    return Order(
        number=number,
        customer_id=owner.id,
        placed_at=NOW - timedelta(days=2),
        status=status,
        address=owner.address,
        lines=tuple(
            OrderLine(
                id=line_id,
                product_id="kettle",
                variant_id="kettle-red",
                title=f"Kettle {taint}",
                options={"Colour": f"red {taint}"},
                quantity=2,
                price=Money(3990, "EUR"),
            )
            for line_id in ("1", "2")
        ),
        payments=(Payment(at=NOW, method_id=f"{owner.id}-card", amount=Money(4 * 3990, "EUR")),),
    )


ADA, BOB = customer("ada", "Byron", BERLIN), customer("bob", TAINT, FOREIGN)
BOBS = [order("SK-2002", BOB, OrderStatus.DELIVERED), order("SK-2001", BOB, OrderStatus.PENDING)]
ADAS = [order("SK-1002", ADA, OrderStatus.DELIVERED), order("SK-1001", ADA, OrderStatus.PENDING)]
KETTLE = Product(
    id="kettle",
    title="Kettle",
    variants=tuple(
        Variant(id=f"kettle-{each}", options={"Colour": each}, price=Money(3990, "EUR"), stock=9)
        for each in ("red", "black")
    ),
)

_ANY_LEVEL = {action.value: {"level": "claimed"} for action in Action}
DEMO = Policy()
TRUSTING = Policy.model_validate(
    {
        **_ANY_LEVEL,
        "claims": {
            "by": list(Proof),
            "one_customer": False,
            **{f"tries_{each}": MANY for each in ("per_conversation", "per_order", "per_address")},
            "tries_overall": MANY,
        },
        "codes": {"sent_per_conversation": MANY, "sent_per_address": MANY, "tries_overall": MANY},
    }
)


@dataclass
class Attack:
    """A conversation that tries whatever it likes, and everything that it got to see."""

    shop: MemoryShop
    now: datetime = NOW
    seen: list[object] = field(default_factory=list)
    done: int = 0

    def __post_init__(self) -> None:
        self.asked = {"conversation": "c", "shop": self.shop, "clock": lambda: self.now}

    async def look(self, question: Coroutine[Any, Any, object]) -> object:
        """Keeps what a use-case answers, or refuses with."""
        try:
            answer = await question
        except ShopError as refusal:
            answer = None
            self.seen.append((repr(refusal), vars(refusal)))
        self.seen.append(answer)
        return answer

    async def claim_order(self, number: str, proof: str) -> None:
        """Tries a number with a proof."""
        await self.look(claim_order(number, proof, **self.asked))

    async def claim_customer(self, email: str, name: str, postcode: str) -> None:
        """Tries to be a customer."""
        who = {"email": email, "name": name, "postcode": postcode}
        await self.look(claim_customer(**who, **self.asked))

    async def request_code(self, action: str, email: str) -> None:
        """Has a code sent, to Bob if need be."""
        await self.look(request_code(action, email=email, mailer=self, secret=b"s", **self.asked))

    async def confirm_code(self, action: str, code: str) -> None:
        """Guesses a code."""
        await self.look(confirm_code(code, action, secret=b"s", **self.asked))

    async def track(self, number: str) -> None:
        """Looks at an order with its refunds and its invoice, at all orders, and at who they are."""
        for read in (track_order, track_refunds, get_invoice):
            await self.look(read(number, **self.asked))
        await self.look(list_orders(**self.asked))
        await self.look(identity_of(**self.asked))

    async def command(self, command: Command, key: str) -> None:
        """Asks what a command would do and has it done."""
        plan = await self.look(preview(command, **self.asked))
        expected = plan.digest if isinstance(plan, Plan) else ""
        done = await self.look(perform(command, key=key, expected=expected, **self.asked))
        self.done += isinstance(done, Done)

    async def wait(self, minutes: int) -> None:
        """Lets time pass."""
        self.now += timedelta(minutes=minutes)

    async def sign_out(self) -> None:
        """Begins anew."""
        await sign_out("c", shop=self.shop, clock=lambda: self.now)

    async def send(self, mail: Mail) -> None:
        """Delivers: what goes to Ada's mailbox is seen."""
        assert mail.facts["code"] == str(CODE)
        if mail.to == ADA.email:
            self.seen.append(mail)

    async def ping(self) -> None:
        """Is there."""


numbers = st.sampled_from(ORDER_WORDS) | st.text(max_size=8)
proofs = st.sampled_from(PROOF_WORDS) | st.text(max_size=8)
names = st.sampled_from(NAME_WORDS) | st.text(max_size=8)
ids = st.sampled_from(ID_WORDS) | st.text(max_size=4)
reasons = st.sampled_from(["no-longer-needed", "changed-mind", "", "x"])
addresses = st.sampled_from(
    [Address(line1="Neu 1", city="Ulm", postcode="89073", country="DE"), BERLIN]
)
pieces = st.tuples(st.builds(Pieces, ids, st.none() | st.integers(-1, 9)))
swaps = st.tuples(st.builds(Swap, ids, ids, st.none() | st.integers(-1, 9)))
commands = st.one_of(
    st.builds(CancelOrder, numbers, reasons),
    st.builds(ChangeShippingAddress, numbers, addresses),
    st.builds(ChangeItems, numbers, swaps, ids),
    st.builds(ChangePaymentMethod, numbers, ids),
    st.builds(ReturnItems, numbers, pieces, ids, reasons),
    st.builds(ExchangeItems, numbers, swaps, ids),
    st.builds(ChangeDefaultAddress, addresses),
    st.builds(ChangeEmail, st.sampled_from(["bob@example.com", "ada@example.org", "x"])),
    st.builds(ChangePhone, st.sampled_from(["+49 30 5551234", "x"])),
    st.builds(ChangeNewsletter, st.booleans()),
    st.builds(DeleteAccount),
)
actions = st.sampled_from(["cancel_order", "change_email", "x"])
emails = st.sampled_from(["bob@example.com", "ada@example.com", "eve@example.com", ""])
steps = st.one_of(
    st.builds(partial, st.just(Attack.claim_order), number=numbers, proof=proofs),
    st.builds(partial, st.just(Attack.claim_customer), email=proofs, name=names, postcode=proofs),
    st.builds(partial, st.just(Attack.request_code), action=actions, email=emails),
    st.builds(
        partial, st.just(Attack.confirm_code), action=actions, code=st.sampled_from(CODE_WORDS)
    ),
    st.builds(partial, st.just(Attack.track), number=numbers),
    st.builds(
        partial, st.just(Attack.command), command=commands, key=st.sampled_from(["1", "2", "3"])
    ),
    st.builds(partial, st.just(Attack.wait), minutes=st.integers(0, 40)),
    st.builds(partial, st.just(Attack.sign_out)),
)


async def filled(policy: Policy) -> MemoryShop:
    """Returns a shop with the records of both."""
    shop = MemoryShop(policy)
    async with shop.records() as records:
        await records.catalogue.save([KETTLE])
        await records.customers.save([ADA, BOB])
        await records.orders.save(ADAS + BOBS)
    return shop


async def attack(policy: Policy, tried: list[partial[Any]], *, is_ada: bool) -> Attack:
    """Tries it all, as Ada or as nobody; Bob's records have to be as they were."""
    attacker = Attack(await filled(policy))
    if is_ada:
        await attacker.request_code("sign-in", "ada@example.com")
        await attacker.confirm_code("sign-in", str(CODE))
    for step in tried:
        await step(attacker)
    async with attacker.shop.snapshot() as records:
        assert await records.customers.find("bob") == BOB
        assert await records.orders.of("bob") == BOBS
        assert await records.ledger.of("bob") == []
    return attacker


@pytest.fixture(autouse=True)
def _known_code():
    """Every code that is sent is the one that nobody guesses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shop.codes.secrets.randbelow", lambda _: CODE)
        yield


@pytest.mark.parametrize("policy", [DEMO, TRUSTING], ids=["demo", "trusting"])
@given(tried=st.lists(steps, max_size=25), is_ada=st.booleans())
def test_no_sequence_reaches_another_customers_records(
    policy: Policy, tried: list[partial[Any]], *, is_ada: bool
):
    """Ada's conversation never sees a word of Bob's records, nor changes one."""
    seen = repr(asyncio.run(attack(policy, tried, is_ada=is_ada)).seen)
    assert not [sign for sign in FOREIGN_SIGNS if sign in seen]


async def test_the_same_steps_reach_ones_own_records():
    """The property could fail: what is foreign to Ada is seen and changed by Bob himself."""
    own = Attack(await filled(TRUSTING))
    await own.claim_order("SK-2001", FOREIGN.postcode)
    await own.track("SK-2001")
    await own.command(CancelOrder("SK-2001", "no-longer-needed"), "1")
    assert own.done == 1
    assert all(sign in repr(own.seen) for sign in FOREIGN_SIGNS)
