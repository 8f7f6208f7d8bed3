"""The demo shop's lines are complete, unique and large enough to get lost in."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from shop.model import Customer, Order, Product

FILES = {"products.jsonl": Product, "customers.jsonl": Customer, "orders.jsonl": Order}


def texts(value: Any) -> Iterator[str]:
    match value:
        case dict():
            for part in value.values():
                yield from texts(part)
        case list():
            for part in value:
                yield from texts(part)
        case str():
            yield value


def twice(names: Iterator[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_size(
    products: dict[str, Product], customers: dict[str, Customer], orders: dict[str, Order]
) -> None:
    """There are enough products, people and orders for every question to have several answers."""
    assert len(products) >= 130
    assert len({product.category for product in products.values()}) >= 7
    assert len(customers) >= 45
    assert len(orders) >= 170


@pytest.mark.parametrize("name", FILES)
def test_lines(data: Path, name: str) -> None:
    """Every key is a field of the model, every text says something, and no id comes twice."""
    lines = [json.loads(x) for x in (data / "shop" / name).read_text("utf-8").splitlines()]
    ids = twice(line.get("id") or line["number"] for line in lines)
    assert ids == []
    for line in lines:
        assert line.keys() <= FILES[name].__dataclass_fields__.keys()
        assert all(text and text == text.strip() for text in texts(line)), line


def test_ids_within_lines_are_unique(
    products: dict[str, Product], customers: dict[str, Customer], orders: dict[str, Order]
) -> None:
    """Variants, payment methods, order lines and parcels are never called like another."""
    parcels = [parcel for order in orders.values() for parcel in order.parcels]
    assert twice(variant.id for p in products.values() for variant in p.variants) == []
    assert twice(method.id for c in customers.values() for method in c.payment_methods) == []
    assert twice(line.id for order in orders.values() for line in order.lines) == []
    assert twice(parcel.id for parcel in parcels) == []
    assert twice(parcel.tracking_number for parcel in parcels) == []


def test_customers(customers: dict[str, Customer]) -> None:
    """A customer has a reserved e-mail address, a real time zone and some way to pay."""
    assert twice(customer.email for customer in customers.values()) == []
    for customer in customers.values():
        assert customer.email.split("@")[1] in {"example.com", "example.org", "example.net"}
        assert ZoneInfo(customer.time_zone)
        assert len(customer.address.country) == 2
        assert {method.kind for method in customer.payment_methods} & {"card", "paypal"}


def test_gift_cards_have_a_balance(customers: dict[str, Customer]) -> None:
    """Gift cards, and only they, have a balance; one is empty."""
    methods = [method for c in customers.values() for method in c.payment_methods]
    balances = [method.balance.minor for method in methods if method.balance]
    assert all((method.kind == "gift-card") == (method.balance is not None) for method in methods)
    assert min(balances) == 0 < max(balances)
