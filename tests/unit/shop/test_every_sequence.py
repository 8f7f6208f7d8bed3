"""Whatever customers ask for in whatever order, money, stock and records stay right."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from shop.adapters.memory import MemoryShop
from shop.commands import (
    CancelOrder,
    ChangeDefaultAddress,
    ChangeDeliveryDay,
    ChangeItems,
    ChangeNewsletter,
    ChangePaymentMethod,
    ChangePhone,
    ChangeShippingAddress,
    Command,
    ExchangeItems,
    Pieces,
    RedirectDelivery,
    ReportDeliveryProblem,
    ReturnItems,
    Swap,
)
from shop.delivery_terms import Carrier, DeliveryTerms, PickUpPoint
from shop.errors import CustomerError, KeyReused
from shop.identity import sign_in
from shop.model import (
    Action,
    Address,
    ChangeStatus,
    Customer,
    EventCode,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    Payment,
    PaymentMethod,
    Product,
    TrackingEvent,
    Variant,
)
from shop.plan import Done
from shop.policy import Policy, load_policy
from shop.problems import TOLD, Resolution
from shop.service import perform, preview

ROOT = Path(__file__).parents[3]
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
BERLIN = Address(line1="Torstr. 1", city="Berlin", postcode="10115", country="DE")
PENDING, DELIVERED = ["SK-1001", "SK-1002"], ["SK-1003", "SK-1004"]
NUMBERS = PENDING + DELIVERED
METHODS = ["visa", "mastercard", "gift", "other-gift"]
PRICES = {"red": 2000, "blue": 3000, "black": 1500}

numbers = st.sampled_from(NUMBERS)
methods = st.sampled_from(METHODS)
quantities = st.sampled_from([None, 1, 1, 2])
lines = st.sampled_from(["1", "2", "1.2"])
addresses = st.sampled_from([BERLIN, replace(BERLIN, line1="Neue Str. 2")])
others = st.sampled_from(
    [
        ("1", "kettle-blue"),
        ("1", "kettle-black"),
        ("2", "kettle-red"),
        ("2", "kettle-black"),
        ("1.2", "kettle-red"),
    ]
)
swaps = st.lists(
    st.builds(lambda other, quantity: Swap(*other, quantity), others, quantities),
    min_size=1,
    max_size=2,
).map(tuple)
pieces = st.lists(st.builds(Pieces, lines, quantities), min_size=1, max_size=2).map(tuple)
exchanges = st.builds(ExchangeItems, st.sampled_from(DELIVERED), swaps, methods)
returns = st.builds(ReturnItems, st.sampled_from(DELIVERED), pieces, methods, st.just("faulty"))
changes = st.builds(ChangeItems, st.sampled_from(PENDING), swaps, methods)
payments = st.builds(ChangePaymentMethod, st.sampled_from(PENDING), methods)
moves = st.builds(ChangeShippingAddress, st.sampled_from(PENDING), addresses)
cancellations = st.builds(CancelOrder, numbers, st.just("no-longer-needed"))
reports = st.builds(
    ReportDeliveryProblem,
    numbers,
    st.sampled_from(TOLD),
    st.sampled_from(Resolution),
    st.just(()) | pieces,
)
days = st.integers(1, 9).map(lambda days: (NOON + timedelta(days)).date())
deliveries = st.builds(ChangeDeliveryDay, numbers, days) | st.builds(
    RedirectDelivery, numbers, st.just("kiosk")
)
account = st.one_of(
    st.builds(ChangeDefaultAddress, addresses),
    st.builds(ChangeNewsletter, st.booleans()),
    st.builds(ChangePhone, st.sampled_from(["030 555123", "030 555124"])),
)
commands = (
    exchanges
    | returns
    | changes
    | payments
    | moves
    | cancellations
    | reports
    | deliveries
    | account
)


def order(number: str) -> Order:
    """Three red kettles and a blue one, 20.00 by gift card and the rest by Visa, delivered or not."""
    bought = (("1", "red", 3), ("2", "blue", 1))
    return Order(
        number=number,
        customer_id="ada",
        placed_at=NOON,
        status=OrderStatus.PENDING if number in PENDING else OrderStatus.DELIVERED,
        address=BERLIN,
        lines=tuple(
            OrderLine(
                id=line_id,
                product_id="kettle",
                variant_id=f"kettle-{color}",
                title="Kettle",
                options={"color": color},
                quantity=quantity,
                price=Money(PRICES[color], "EUR"),
            )
            for line_id, color, quantity in bought
        ),
        payments=(
            Payment(at=NOON, method_id="gift", amount=Money(2000, "EUR")),
            Payment(at=NOON, method_id="visa", amount=Money(7000, "EUR")),
        ),
    )


ADA = Customer(
    id="ada",
    first_name="Ada",
    last_name="Byron",
    email="ada@example.com",
    address=BERLIN,
    payment_methods=tuple(
        PaymentMethod(
            id=each,
            kind="gift-card" if "gift" in each else "card",
            balance=Money(1500, "EUR") if "gift" in each else None,
        )
        for each in METHODS
    ),
)
KETTLE = Product(
    id="kettle",
    title="Kettle",
    variants=tuple(
        Variant(id=f"kettle-{color}", options={"color": color}, price=Money(price, "EUR"), stock=4)
        for color, price in PRICES.items()
    ),
)


KIOSK = PickUpPoint(
    id="kiosk",
    carrier="DHL",
    name="Kiosk",
    line1="Weg 1",
    postcode="10115",
    city="Berlin",
    country="DE",
)
TERMS = DeliveryTerms(carriers={"DHL": Carrier()}, pick_up_points=(KIOSK,))


def sent(kept: Order, at: datetime, *codes: EventCode) -> Order:
    """Returns an order in a parcel of its own, with events of a moment."""
    first = Parcel(
        id=f"{kept.number}-p",
        carrier="DHL",
        tracking_number="1",
        line_ids=tuple(line.id for line in kept.lines),
        promised_at=at + timedelta(days=1),
    )
    parcel = kept.parcels[0] if kept.parcels else first
    told = tuple(TrackingEvent(at=at, code=code, text="x") for code in codes)
    return replace(kept, parcels=(replace(parcel, events=parcel.events + told),))


class AnySequence(RuleBasedStateMachine):
    """Ada asks for anything, says yes once or twice; parcels arrive, returns come in, prices change."""

    policy = Policy()

    @initialize()
    def open_shop(self) -> None:
        """Starts with four orders."""
        self.shop = MemoryShop(self.policy, TERMS)
        self.now = NOON
        self.done: dict[str, tuple[Command, str, Done]] = {}
        self.at_first = Counter({"gift": 1500, "other-gift": 1500})
        for number in NUMBERS:
            self.at_first["gift"] += order(number).payments[0].amount.minor
        self.run(self._fill())

    async def _fill(self) -> None:
        async with self.shop.records() as records:
            await records.catalogue.save([KETTLE])
            await records.customers.save([ADA])
            await records.orders.save(map(order, NUMBERS))
        until = NOON + timedelta(days=999)
        await sign_in("ada", until=until, conversation="c", shop=self.shop)

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Waits for something."""
        return asyncio.run(work)

    def asked(self) -> dict[str, Any]:
        """Returns what every call takes."""
        return {"conversation": "c", "shop": self.shop, "clock": lambda: self.now}

    @rule(first=changes, then=payments)
    def change(self, first: Command, then: Command) -> None:
        """A pending order is changed."""
        self._say_yes(first)
        self._say_yes(then)

    @rule(first=returns, then=exchanges)
    def give_back(self, first: Command, then: Command) -> None:
        """Goods come back."""
        self._say_yes(first)
        self._say_yes(then)

    @rule(then=returns, first=exchanges)
    def give_back_otherwise(self, first: Command, then: Command) -> None:
        """Goods come back."""
        self._say_yes(first)
        self._say_yes(then)

    @rule(command=moves | account)
    def move(self, command: Command) -> None:
        """A parcel or a customer goes elsewhere."""
        self._say_yes(command)

    @rule(command=cancellations)
    def cancel(self, command: Command) -> None:
        """An order is not wanted any more."""
        self._say_yes(command)

    def _say_yes(self, command: Command) -> None:
        """What is shown and confirmed is done, or refused before it is shown."""
        try:
            plan = self.run(preview(command, **self.asked()))
        except CustomerError:
            return
        key = str(len(self.done))
        done = self.run(perform(command, key=key, expected=plan.digest, **self.asked()))
        assert done.plan == plan
        self.done[key] = command, plan.digest, done

    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        """A turn that comes again gets the answer it got."""
        if self.done:
            key = data.draw(st.sampled_from(sorted(self.done)))
            command, digest, done = self.done[key]
            assert done == self.run(perform(command, key=key, expected=digest, **self.asked()))

    @rule(command=commands, data=st.data())
    def mistake(self, command: Command, data: st.DataObject) -> None:
        """What was not confirmed is not done, and a key never does a second thing."""
        key = data.draw(st.sampled_from(["never", *sorted(self.done)]))
        earlier, digest, _ = self.done.get(key, (None, "", None))
        if command != earlier:
            try:
                self.run(perform(command, key=key, expected=digest, **self.asked()))
            except (CustomerError, KeyReused):
                return
            raise AssertionError("done without a yes")

    @rule(number=numbers)
    def send(self, number: str) -> None:
        """A pending order is sent."""
        self._move(number, OrderStatus.PENDING, OrderStatus.SHIPPED, EventCode.PICKED_UP)

    @rule(number=numbers)
    def deliver(self, number: str) -> None:
        """An order on its way is delivered."""
        self._move(number, OrderStatus.SHIPPED, OrderStatus.DELIVERED, EventCode.DELIVERED)

    def _move(self, number: str, before: OrderStatus, after: OrderStatus, code: EventCode) -> None:
        async def work() -> None:
            async with self.shop.records() as records:
                kept = await records.orders.find(number)
                if kept.status is before:
                    await records.orders.save([replace(sent(kept, self.now, code), status=after)])

        self.run(work())

    @rule(first=reports, then=reports | returns)
    def report(self, first: Command, then: Command) -> None:
        """A delivery goes wrong."""
        self._say_yes(first)
        self._say_yes(then)

    @rule(command=deliveries)
    def reschedule(self, command: Command) -> None:
        """A parcel comes otherwise."""
        self._say_yes(command)

    @rule(number=numbers)
    def receive(self, number: str) -> None:
        """The goods of a return come in, and its refund is paid."""

        async def work() -> None:
            async with self.shop.records() as records:
                kept = await records.orders.find(number)
                for change in kept.changes:
                    is_return = change.action is Action.RETURN_ITEMS
                    if is_return and change.status is ChangeStatus.REQUESTED:
                        await records.orders.save([self._paid_out(kept, change.reference)])
                        return

        self.run(work())

    def _paid_out(self, kept: Order, reference: str) -> Order:
        (change,) = (each for each in kept.changes if each.reference == reference)
        refunds = tuple(
            Payment(at=self.now, method_id=each.method_id, amount=each.amount)
            for each in change.transfers
        )
        for refund in refunds:  # the shop's till credits a gift card elsewhere
            self.at_first[refund.method_id] += refund.amount.minor
        changes = tuple(
            replace(each, status=ChangeStatus.DONE) if each is change else each
            for each in kept.changes
        )
        return replace(kept, payments=kept.payments + refunds, changes=changes)

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        """Days pass."""
        self.now += timedelta(days=days)

    @invariant()
    def everything_is_right(self) -> None:
        """Money, stock, once-only rules and the ledger."""
        if hasattr(self, "shop"):
            self.run(self._check())

    async def _check(self) -> None:
        async with self.shop.snapshot() as records:
            orders = await records.orders.of("ada")
            customer = await records.customers.find("ada")
            (kettle,) = await records.catalogue.find(["kettle"])
            entries = await records.ledger.of("ada")
        assert all(variant.stock >= 0 for variant in kettle.variants)
        for each in orders:
            self._check_money(each)
            self._check_once(each)
            self._check_pieces(each)
        on_cards = Counter(
            {each.id: each.balance.minor for each in customer.payment_methods if each.balance}
        )
        assert all(balance >= 0 for balance in on_cards.values())
        for each in orders:
            for payment in each.payments:
                on_cards[payment.method_id] += payment.amount.minor
        assert all(on_cards[card] == self.at_first[card] for card in ("gift", "other-gift"))
        references = {done.reference for _, _, done in self.done.values()}
        assert {entry.reference for entry in entries} == references
        assert len(entries) == len(self.done)
        changed = [change.reference for each in orders for change in each.changes]
        assert Counter(changed) == Counter(entry.reference for entry in entries if entry.plan.order)

    def _check_money(self, each: Order) -> None:
        """Refunds, made and promised, never exceed what was paid: in all, or by each that paid."""
        left: Counter[str] = Counter()
        for payment in each.payments:
            left[payment.method_id] += payment.amount.minor
        for change in each.changes:
            for transfer in change.transfers:
                if change.status is not ChangeStatus.DONE:
                    left[transfer.method_id] += min(transfer.amount.minor, 0)
        assert sum(left.values()) >= 0
        if self.policy.return_items.refund_to == ("original",):
            assert all(minor >= 0 for minor in left.values())

    def _check_once(self, each: Order) -> None:
        """What the policy allows once happens once, and nothing happens after what rules it out."""
        seen: set[Action] = set()
        for change in each.changes:
            assert not seen & set(self.policy.rules(change.action).not_after)
            seen.add(change.action)

    def _check_pieces(self, each: Order) -> None:
        """No more pieces come back, or are sent again, than were bought."""
        bought = Counter({line.id: line.quantity for line in each.lines})
        for change in each.changes:
            if change.action in {Action.RETURN_ITEMS, Action.EXCHANGE_ITEMS} or (
                change.resolution == Resolution.REFUND
            ):
                for line in change.lines:
                    bought[line.line_id] -= line.quantity
        assert all(left >= 0 for left in bought.values())
        replaced = [each for each in each.changes if each.resolution == Resolution.RESEND]
        twice = Counter(line.line_id for change in replaced for line in change.lines)
        sizes = {line.id: line.quantity for line in each.lines}
        assert all(twice[line_id] <= sizes[line_id] for line_id in twice)


class AnySequenceOfTau2(AnySequence):
    """The same under the other policy that ships."""

    policy = load_policy(ROOT / "data/tau2/policy.yml").model_copy(
        update={"order_numbers": Policy().order_numbers}
    )


LIMITS = settings(max_examples=80, stateful_step_count=30, deadline=None)
TestDemo = AnySequence.TestCase
TestDemo.settings = LIMITS
TestTau2 = AnySequenceOfTau2.TestCase
TestTau2.settings = LIMITS
