"""The policy of tau2-bench's retail domain: what it forbids is refused, whoever asks."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from shop.adapters.memory import MemoryShop
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
from shop.errors import CustomerNotFound, IdentityRequired, OrderNotFound
from shop.identity import claim_customer, claim_order
from shop.model import (
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
from shop.plan import Done, PlanChanged
from shop.policy import load_policy
from shop.refusal import Refusal, Why
from shop.service import perform, preview

ROOT = Path(__file__).parents[3]
NOW = datetime.fromisoformat("2026-05-04T12:00+00:00")
HOME = Address(line1="1 Elm St", city="Dallas", state="TX", postcode="75201", country="US")
AWAY = replace(HOME, line1="2 Oak St")
PENDING, DELIVERED, FOREIGN = "#W1000001", "#W1000002", "#W1000009"
NOT_PENDING = {
    status: f"#W200000{i}" for i, status in enumerate(OrderStatus) if status != "pending"
}
NOT_DELIVERED = {
    status: f"#W300000{i}" for i, status in enumerate(OrderStatus) if status != "delivered"
}


def product(name: str) -> Product:
    """Three items: one as bought, one dearer, and one that is not available."""
    prices = {"red": (5000, 1), "blue": (6000, 1), "gold": (4000, 0), "green": (3000, 1)}
    return Product(
        id=name,
        title=name.title(),
        variants=tuple(
            Variant(
                id=f"{name}-{color}",
                options={"color": color},
                price=Money(price, "USD"),
                stock=stock,
            )
            for color, (price, stock) in prices.items()
        ),
    )


def order(number: str, status: OrderStatus, customer: str = "ivy") -> Order:
    """A red lamp and a red mug, paid by card."""
    lines = tuple(
        OrderLine(
            id=f"{name}-line",
            product_id=name,
            variant_id=f"{name}-red",
            title=name.title(),
            options={"color": "red"},
            quantity=1,
            price=Money(5000, "USD"),
        )
        for name in ("lamp", "mug")
    )
    return Order(
        number=number,
        customer_id=customer,
        placed_at=NOW,
        status=status,
        address=HOME,
        lines=lines,
        payments=(Payment(at=NOW, method_id="visa", amount=Money(10000, "USD")),),
    )


@pytest.fixture
async def shop() -> MemoryShop:
    """A shop under the policy, with Ivy's orders in every status and one of Max."""
    ivy = Customer(
        id="ivy",
        first_name="Ivy",
        last_name="Ross",
        email="ivy@example.com",
        address=HOME,
        payment_methods=(
            PaymentMethod(id="visa", kind="card"),
            PaymentMethod(id="mastercard", kind="card"),
            PaymentMethod(id="paypal", kind="paypal"),
            PaymentMethod(id="gift", kind="gift-card", balance=Money(500, "USD")),
            PaymentMethod(id="full-gift", kind="gift-card", balance=Money(20000, "USD")),
        ),
    )
    shop = MemoryShop(load_policy(ROOT / "data/tau2/policy.yml"))
    async with shop.records() as records:
        await records.catalogue.save([product("lamp"), product("mug")])
        max_ = replace(ivy, id="max", first_name="Max", email="max@example.com")
        await records.customers.save([ivy, max_])
        await records.orders.save(
            [
                order(PENDING, OrderStatus.PENDING),
                order(DELIVERED, OrderStatus.DELIVERED),
                order(FOREIGN, OrderStatus.PENDING, "max"),
                *(order(number, status) for status, number in NOT_PENDING.items()),
                *(order(number, status) for status, number in NOT_DELIVERED.items()),
            ]
        )
    return shop


class Ivy:
    """Says her e-mail address, then asks, says yes, and is told what was done."""

    def __init__(self, shop: MemoryShop) -> None:
        self.shop = shop
        self._yes = 0

    async def asks(self, command: Command) -> Done:
        """Returns what was done."""
        who = {"conversation": "c", "shop": self.shop, "clock": lambda: NOW}
        await claim_customer(email="ivy@example.com", **who)
        plan = await preview(command, **who)
        self._yes += 1
        return await perform(command, key=str(self._yes), expected=plan.digest, **who)

    async def is_refused(self, command: Command) -> Why:
        """Returns why, after seeing that nothing changed."""
        before = await self._orders()
        with pytest.raises(Refusal) as refused:
            await self.asks(command)
        assert await self._orders() == before
        return refused.value.why

    async def _orders(self) -> list[Order]:
        async with self.shop.snapshot() as records:
            return await records.orders.of("ivy")


@pytest.fixture
def ivy(shop: MemoryShop) -> Ivy:
    """A customer."""
    return Ivy(shop)


def cancel(number: str = PENDING, reason: str = "no-longer-needed") -> CancelOrder:
    return CancelOrder(number, reason)


def change(
    number: str = PENDING, to: str = "lamp-blue", line: str = "lamp-line", by: str = "visa"
) -> ChangeItems:
    return ChangeItems(number, (Swap(line, to),), by)


def exchange(
    number: str = DELIVERED, to: str = "lamp-blue", line: str = "lamp-line", by: str = "visa"
) -> ExchangeItems:
    return ExchangeItems(number, (Swap(line, to),), by)


def give_back(
    number: str = DELIVERED, *lines: str, to: str = "visa", quantity: int | None = None
) -> ReturnItems:
    pieces = tuple(Pieces(line, quantity) for line in lines or ("lamp-line",))
    return ReturnItems(number, pieces, to)


# who asks


async def test_nothing_is_done_before_the_customer_is_located(shop: MemoryShop):
    """Authenticate first, by e-mail or by name and zip code."""
    with pytest.raises(IdentityRequired):
        await preview(cancel(), conversation="c", shop=shop, clock=lambda: NOW)


async def test_an_order_number_locates_nobody(shop: MemoryShop):
    """An order number does not authenticate, whatever comes with it."""
    for proof in ("ivy@example.com", "75201"):
        with pytest.raises(OrderNotFound):
            await claim_order(PENDING, proof, conversation="c", shop=shop, clock=lambda: NOW)


async def test_a_name_needs_its_zip_code(shop: MemoryShop):
    """Name and zip code go together."""
    who = {"conversation": "c", "shop": shop, "clock": lambda: NOW}
    with pytest.raises(CustomerNotFound):
        await claim_customer(name="Ivy Ross", postcode="75202", **who)
    found = await claim_customer(name="Ivy Ross", postcode="75201", **who)
    assert found.id == "ivy"


async def test_one_conversation_serves_one_customer(ivy: Ivy):
    """Only one user per conversation."""
    await ivy.asks(cancel())
    with pytest.raises(CustomerNotFound):
        await claim_customer(
            email="max@example.com", conversation="c", shop=ivy.shop, clock=lambda: NOW
        )


async def test_another_customers_order_is_out_of_reach(ivy: Ivy):
    """Requests about any other user are denied."""
    with pytest.raises(OrderNotFound):
        await ivy.asks(cancel(FOREIGN))


async def test_nothing_is_done_without_a_yes_to_exactly_that(ivy: Ivy):
    """The details are listed and confirmed before the database is updated."""
    await ivy.asks(ChangeDefaultAddress(AWAY))
    with pytest.raises(PlanChanged):
        await perform(
            cancel(),
            conversation="c",
            key="k",
            expected="",
            shop=ivy.shop,
            clock=lambda: NOW,
        )


@pytest.mark.parametrize(
    "command",
    [
        ChangeEmail("i@example.com"),
        ChangePhone("030 5551234"),
        ChangeNewsletter(subscribed=True),
        DeleteAccount(),
    ],
)
async def test_nothing_else_is_offered(ivy: Ivy, command: Command):
    """Cancel, modify, return, exchange and the default address, but nothing else."""
    assert await ivy.is_refused(command) is Why.NOT_OFFERED


# cancel a pending order


@pytest.mark.parametrize("number", NOT_PENDING.values(), ids=NOT_PENDING)
async def test_only_a_pending_order_can_be_cancelled(ivy: Ivy, number: str):
    """An order can only be cancelled if its status is 'pending'."""
    assert await ivy.is_refused(cancel(number)) is Why.ORDER_STATUS


async def test_other_reasons_are_not_accepted(ivy: Ivy):
    """Either 'no longer needed' or 'ordered by mistake'."""
    for reason in ("found-cheaper", "no longer needed, sorry", ""):
        assert await ivy.is_refused(cancel(reason=reason)) is Why.REASON_NOT_ACCEPTED
    await ivy.asks(cancel(reason="ordered-by-mistake"))


async def test_a_cancelled_order_is_paid_back_the_way_it_was_paid(ivy: Ivy):
    """The total goes to the original payment method in 5 to 7 business days."""
    (movement,) = (await ivy.asks(cancel())).plan.movements
    assert (movement.method_id, movement.amount) == ("visa", Money(-10000, "USD"))
    assert (movement.days_at_least, movement.days_at_most) == (5, 7)


async def test_a_gift_card_is_paid_back_at_once(ivy: Ivy):
    """Immediately, if the original payment method is a gift card."""
    await ivy.asks(ChangePaymentMethod(PENDING, "full-gift"))
    (movement,) = (await ivy.asks(cancel())).plan.movements
    assert (movement.method_id, movement.days_at_most) == ("full-gift", 0)
    async with ivy.shop.snapshot() as records:
        kept = await records.customers.find("ivy")
    assert kept.payment_methods[-1].balance == Money(20000, "USD")


# modify a pending order


@pytest.mark.parametrize("number", NOT_PENDING.values(), ids=NOT_PENDING)
async def test_only_a_pending_order_can_be_modified(ivy: Ivy, number: str):
    """Address, payment and items can be modified if the status is 'pending'."""
    for command in (
        ChangeShippingAddress(number, AWAY),
        ChangePaymentMethod(number, "paypal"),
        change(number),
    ):
        assert await ivy.is_refused(command) is Why.ORDER_STATUS


async def test_the_new_payment_method_is_another_one(ivy: Ivy):
    """A payment method different from the original one."""
    command = ChangePaymentMethod(PENDING, "visa")
    assert await ivy.is_refused(command) is Why.SAME_PAYMENT_METHOD


async def test_the_new_payment_method_is_the_customers(ivy: Ivy):
    """One of the methods in the profile."""
    command = ChangePaymentMethod(PENDING, "stranger")
    assert await ivy.is_refused(command) is Why.UNKNOWN_PAYMENT_METHOD


async def test_a_gift_card_covers_the_total(ivy: Ivy):
    """It must have enough balance to cover the total amount."""
    assert await ivy.is_refused(ChangePaymentMethod(PENDING, "gift")) is Why.GIFT_CARD_TOO_LOW


async def test_the_payment_method_is_chosen_once(ivy: Ivy):
    """The user can only choose a single payment method."""
    await ivy.asks(ChangePaymentMethod(PENDING, "paypal"))
    command = ChangePaymentMethod(PENDING, "mastercard")
    assert await ivy.is_refused(command) is Why.CHANGED_BEFORE


async def test_a_changed_payment_leaves_the_order_pending(ivy: Ivy):
    """The status is kept, and the original method gets its money back in 5 to 7 business days."""
    charge, refund = (await ivy.asks(ChangePaymentMethod(PENDING, "paypal"))).plan.movements
    assert (charge.method_id, charge.amount.minor) == ("paypal", 10000)
    assert (refund.method_id, refund.amount.minor) == ("visa", -10000)
    assert (refund.days_at_least, refund.days_at_most) == (5, 7)
    async with ivy.shop.snapshot() as records:
        assert (await records.orders.find(PENDING)).status is OrderStatus.PENDING


async def test_items_are_modified_once(ivy: Ivy):
    """This action can only be called once, with all items."""
    await ivy.asks(change())
    assert await ivy.is_refused(change(line="mug-line", to="mug-blue")) is Why.CHANGED_BEFORE


async def test_a_modified_order_can_no_more_be_modified_or_cancelled(ivy: Ivy):
    """After its items were modified, an order stays as it is."""
    await ivy.asks(change())
    for command in (
        cancel(),
        ChangeShippingAddress(PENDING, AWAY),
        ChangePaymentMethod(PENDING, "paypal"),
    ):
        assert await ivy.is_refused(command) is Why.CHANGED_BEFORE


# new items, of a pending order and in exchange for delivered ones


@pytest.mark.parametrize("swap", [change, exchange])
class TestNewItems:
    async def test_a_new_item_is_available(self, ivy: Ivy, swap):
        """Each item can be swapped for an available one."""
        assert await ivy.is_refused(swap(to="lamp-gold")) is Why.OUT_OF_STOCK

    async def test_a_new_item_is_of_the_same_product(self, ivy: Ivy, swap):
        """There cannot be any change of product types."""
        assert await ivy.is_refused(swap(to="mug-blue")) is Why.NOT_AN_OPTION

    async def test_a_new_item_differs(self, ivy: Ivy, swap):
        """It has different options."""
        assert await ivy.is_refused(swap(to="lamp-red")) is Why.SAME_OPTION

    async def test_only_items_of_the_order_are_swapped(self, ivy: Ivy, swap):
        """What was not bought in it cannot be swapped."""
        assert await ivy.is_refused(swap(line="chair-line")) is Why.UNKNOWN_LINE

    async def test_the_difference_has_a_payment_method(self, ivy: Ivy, swap):
        """The user must provide a payment method of theirs for the price difference."""
        assert await ivy.is_refused(swap(by="stranger")) is Why.UNKNOWN_PAYMENT_METHOD

    async def test_a_gift_card_covers_the_difference(self, ivy: Ivy, swap):
        """It must have enough balance; to receive a difference it needs none."""
        assert await ivy.is_refused(swap(by="gift")) is Why.GIFT_CARD_TOO_LOW
        await ivy.asks(swap(to="lamp-green", by="gift"))


# return and exchange delivered orders


@pytest.mark.parametrize("number", NOT_DELIVERED.values(), ids=NOT_DELIVERED)
async def test_only_a_delivered_order_can_be_returned_or_exchanged(ivy: Ivy, number: str):
    """An order can only be returned or exchanged if its status is 'delivered'."""
    assert await ivy.is_refused(give_back(number)) is Why.ORDER_STATUS
    assert await ivy.is_refused(exchange(number)) is Why.ORDER_STATUS


async def test_a_refund_goes_to_the_original_method_or_a_gift_card(ivy: Ivy):
    """No other card and no other account."""
    for other in ("mastercard", "paypal"):
        assert await ivy.is_refused(give_back(to=other)) is Why.REFUND_DESTINATION
    plan = (await ivy.asks(give_back(to="gift"))).plan
    assert [(each.method_id, each.amount.minor) for each in plan.movements] == [("gift", -5000)]


async def test_a_gift_card_for_a_refund_exists(ivy: Ivy):
    """An existing gift card."""
    assert await ivy.is_refused(give_back(to="new-gift")) is Why.UNKNOWN_PAYMENT_METHOD


async def test_the_items_to_return_are_listed(ivy: Ivy):
    """The list of items is confirmed, and they are the order's."""
    assert await ivy.is_refused(ReturnItems(DELIVERED, (), "visa")) is Why.NOTHING_CHOSEN
    assert await ivy.is_refused(give_back(DELIVERED, "chair-line")) is Why.UNKNOWN_LINE


async def test_no_more_is_returned_than_bought(ivy: Ivy):
    """One lamp cannot come back twice."""
    assert await ivy.is_refused(give_back(quantity=2)) is Why.TOO_MANY
    twice = give_back(DELIVERED, "lamp-line", "lamp-line")
    assert await ivy.is_refused(twice) is Why.TOO_MANY


@pytest.mark.parametrize("first", [give_back, exchange])
@pytest.mark.parametrize("then", [give_back, exchange])
async def test_a_delivered_order_is_returned_or_exchanged_once(ivy: Ivy, first, then):
    """Afterwards its status is 'return requested' or 'exchange requested', no longer 'delivered'."""
    await ivy.asks(first())
    line = {"line": "mug-line", "to": "mug-blue"} if then is exchange else {}
    command = then(**line) if line else then(DELIVERED, "mug-line")
    assert await ivy.is_refused(command) is Why.CHANGED_BEFORE
