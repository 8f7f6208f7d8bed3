"""People and things of a small shop that every test may use."""

from datetime import UTC, datetime, timedelta

import pytest

from shop.model import (
    Address,
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

NOON = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def noon() -> datetime:
    """The moment at which the samples are looked at."""
    return NOON


@pytest.fixture
def kettle() -> Product:
    """A product in two options."""
    return Product(
        id="kettle",
        title="Kettle Étna",
        description="Boils a litre.",
        brand="Hearth",
        category="Kitchen",
        attributes={"Capacity": "1 l"},
        image="/images/kettle.svg",
        link="/products/kettle",
        variants=(
            Variant(id="kettle-red", options={"Colour": "red"}, price=Money(3990, "EUR"), stock=3),
            Variant(
                id="kettle-black", options={"Colour": "black"}, price=Money(3490, "EUR"), stock=0
            ),
        ),
    )


@pytest.fixture
def ada() -> Customer:
    """A customer with a card and a gift card."""
    return Customer(
        id="ada",
        first_name="Ada",
        last_name="Byron",
        email="ada@example.com",
        address=Address(line1="Torstr. 1", city="Berlin", postcode="10115", country="DE"),
        phone="+493012345",
        locale="en-GB",
        time_zone="Europe/Berlin",
        payment_methods=(
            PaymentMethod(id="visa", kind="card", label="Visa 4242"),
            PaymentMethod(id="gift", kind="gift-card", balance=Money(1000, "EUR")),
        ),
    )


@pytest.fixture
def order() -> Order:
    """Ada's order: one kettle, in a parcel on its way to her office."""
    shipped_at = NOON - timedelta(days=1)
    return Order(
        number="SK-1001",
        customer_id="ada",
        placed_at=NOON - timedelta(days=3),
        status=OrderStatus.SHIPPED,
        address=Address(line1="Turmstr. 5", city="Berlin", postcode="10559", country="DE"),
        lines=(
            OrderLine(
                id="1",
                product_id="kettle",
                variant_id="kettle-red",
                title="Kettle Étna",
                options={"Colour": "red"},
                quantity=2,
                price=Money(3990, "EUR"),
            ),
        ),
        parcels=(
            Parcel(
                id="p1",
                carrier="DHL",
                tracking_number="00340434",
                line_ids=("1",),
                promised_at=NOON + timedelta(days=1),
                events=(
                    TrackingEvent(at=shipped_at, code=EventCode.PICKED_UP, text="Picked up"),
                    TrackingEvent(
                        at=shipped_at + timedelta(hours=8),
                        code=EventCode.IN_TRANSIT,
                        text="Sorted",
                        place="Leipzig",
                    ),
                ),
            ),
            Parcel(id="p2", carrier="DHL", tracking_number="00340435", line_ids=()),
        ),
        payments=(Payment(at=NOON, method_id="visa", amount=Money(7980, "EUR")),),
        promised_at=NOON + timedelta(days=1),
    )
