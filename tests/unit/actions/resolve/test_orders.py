import pytest

from actions.resolve import which_orders
from shop.model import Address, OrderStatus

PARIS = Address(line1="1 Rue Cler", city="Paris", postcode="75007", country="FR")


@pytest.fixture
def orders(shop):
    return [
        shop.order("SK-1003", "Desk Lamp", status=OrderStatus.PENDING, days_ago=1),
        shop.order("SK-1002", "Wool Rug", "T-Shirt", days_ago=8),
        shop.order("SK-1001", "Velvet Sofa", "Wool Rug", days_ago=50, address=PARIS),
        shop.order("SK-1000", "Chair", status=OrderStatus.CANCELLED, days_ago=90),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cancel sk 1003", ["SK-1003"]),
        ("#1001 and SK-1002", ["SK-1001", "SK-1002"]),
        ("the order with the sofa", ["SK-1001"]),
        ("my pending order", ["SK-1003"]),
        ("the cancelled one", ["SK-1000"]),
        ("the rug I got last week", ["SK-1002"]),
        ("my last order", ["SK-1003"]),
        ("the most recent one", ["SK-1003"]),
        ("the oldest order", ["SK-1000"]),
        ("from April", ["SK-1001"]),
        ("the one to Paris", ["SK-1001"]),
        ("all my orders", ["SK-1003", "SK-1002", "SK-1001", "SK-1000"]),
        ("all delivered orders", ["SK-1002", "SK-1001"]),
        ("the second", ["SK-1002"]),
        ("return the lamp and the sofa", ["SK-1003", "SK-1001"]),
    ],
)
def test_orders_are_meant_by_anything_that_is_said_of_them(orders, shop, text, expected):
    """By number, content, state, time, place, age or the order in which they were shown."""
    assert expected == [one.number for one in which_orders(text, orders, shop.now).chosen]


def test_orders_that_fit_as_well_are_asked_about(orders, shop):
    """Two orders have a rug."""
    found = which_orders("the order with the rug", orders, shop.now)
    assert (
        found.chosen,
        [one.number for one in found.orders.choices],
    ) == ((), ["SK-1002", "SK-1001"])


def test_an_unknown_number_is_reported(orders, shop):
    """It stands for no other order."""
    found = which_orders("cancel order SK-9999", orders, shop.now)
    assert (found.chosen, found.unknown) == ((), ("9999",))


@pytest.mark.parametrize("text", ["", "hello", "I have €1500 left", "in or out"])
def test_a_text_that_says_nothing_of_orders_means_none(orders, shop, text):
    """There is no best guess."""
    assert which_orders(text, orders, shop.now).orders.choices == ()
