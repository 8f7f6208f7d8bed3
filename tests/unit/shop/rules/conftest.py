"""An order of three products, and the case in which a rule judges it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from shop.delivery_terms import DeliveryTerms
from shop.model import (
    Customer,
    EventCode,
    Money,
    Order,
    OrderStatus,
    Parcel,
    Payment,
    PaymentMethod,
    Product,
    TrackingEvent,
)
from shop.plan import OrderCase
from shop.policy import Policy


@pytest.fixture
def ada(ada: Customer) -> Customer:
    """Ada with a card, a gift card and a PayPal account."""
    paypal = PaymentMethod(id="paypal", kind="paypal")
    return replace(ada, payment_methods=(*ada.payment_methods, paypal))


@pytest.fixture
def kettle(kettle: Product) -> Product:
    """Red and black kettles, five and two of them."""
    red, black = kettle.variants
    return replace(kettle, variants=(replace(red, stock=5), replace(black, stock=2)))


@pytest.fixture
def order(order: Order, noon) -> Order:
    """Three red kettles for 119.70, 100.00 by gift card and the rest by Visa; not sent yet."""
    return replace(
        order,
        status=OrderStatus.PENDING,
        lines=(replace(order.lines[0], quantity=3),),
        parcels=(),
        payments=(
            Payment(at=noon, method_id="gift", amount=Money(10_000, "EUR")),
            Payment(at=noon, method_id="visa", amount=Money(1_970, "EUR")),
        ),
    )


@pytest.fixture
def delivered(order: Order, noon) -> Order:
    """The same order, delivered now."""
    arrival = TrackingEvent(at=noon, code=EventCode.DELIVERED, text="Handed over")
    parcel = Parcel(id="p", carrier="DHL", tracking_number="1", line_ids=("1",), events=(arrival,))
    return replace(order, status=OrderStatus.DELIVERED, parcels=(parcel,))


@pytest.fixture
def case(ada: Customer, kettle: Product, noon) -> Callable[..., OrderCase]:
    """Returns the case of an order, under the demo shop's policy unless told otherwise."""

    def build(order: Order, **facts: Any) -> OrderCase:
        usual = {
            "policy": Policy(),
            "customer": ada,
            "now": noon,
            "reference": "R-1",
            "delivery": DeliveryTerms(),
        }
        return OrderCase(order=order, products={"kettle": kettle}, **usual | facts)

    return build
