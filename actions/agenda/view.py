"""What the customer of a conversation may see: the records that their words are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from actions.resolve import Bought, Meaning
from actions.services import Services
from actions.wording import Wording
from shop.delivery_terms import DeliveryTerms
from shop.identity import covers
from shop.model import Action, Customer, Order, PaymentMethod, Product
from shop.plan import OrderCase
from shop.policy import Policy
from shop.rules import money
from shop.rules.gate import open_actions


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The records of one customer, with what is needed to speak of them."""

    conversation: str
    customer: Customer
    orders: tuple[Order, ...]  # latest first
    products: Mapping[str, Product]
    policy: Policy
    delivery: DeliveryTerms
    now: datetime
    locale: str
    wording: Wording
    meaning: Meaning | None

    def order(self, number: str | None) -> Order:
        """Returns one of the orders."""
        return next(order for order in self.orders if order.number == number)

    def open_for(self, *actions: Action) -> list[Order]:
        """Returns the orders whose state allows one of the actions."""
        return [o for o in self.orders if set(actions) & set(open_actions(o, self.policy))]

    def method(self, method_id: str) -> PaymentMethod:
        """Returns one of the customer's ways to pay; a bare one if it is no longer on record."""
        known = {method.id: method for method in self.customer.payment_methods}
        return known.get(method_id) or PaymentMethod(id=method_id, kind="other", label=method_id)

    def paid_with(self, number: str | None) -> str | None:
        """Returns the id of the method that paid most of an order."""
        paid = money.paid(self.order(number))
        return max(paid, key=lambda method: paid[method], default=None)

    def case(self, number: str | None) -> OrderCase:
        """Returns an order as the shop's rules judge it, before anything is done."""
        return OrderCase(
            policy=self.policy,
            customer=self.customer,
            now=self.now,
            reference="",
            order=self.order(number),
            products=self.products,
            delivery=self.delivery,
        )

    def bought(self, number: str, line_id: str) -> Bought:
        """Returns a line with its order."""
        order = self.order(number)
        return Bought(order, next(line for line in order.lines if line.id == line_id))


async def view(conversation: str, locale: str, services: Services) -> View | None:
    """Returns what the conversation has shown to be its customer's; None if it has shown nothing."""
    now = services.clock()
    async with services.shop.snapshot() as records:
        identity = await records.identities.of(conversation)
        if identity is None or identity.expires_at <= now:
            return None
        customer = await records.customers.find(identity.customer_id)
        if customer is None:
            return None
        orders = [o for o in await records.orders.of(customer.id) if covers(identity, o, at=now)]
        ids = list(dict.fromkeys(line.product_id for order in orders for line in order.lines))
        products = await records.catalogue.find(ids)
    return View(
        conversation=conversation,
        customer=customer,
        orders=tuple(orders),
        products={product.id: product for product in products},
        policy=services.shop.policy,
        delivery=services.shop.delivery,
        now=now,
        locale=locale,
        wording=services.wording,
        meaning=services.meaning,
    )
