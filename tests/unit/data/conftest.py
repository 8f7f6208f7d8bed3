"""The demo shop's files, read into the shop's model as if loaded at NOW."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from shop.delivery_terms import DeliveryTerms, load_delivery_terms
from shop.model import Customer, Order, Product

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
TIMES = {"at", "placed_at", "promised_at"}


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def dated(value: Any, key: str = "") -> Any:
    """Turns the durations of an order into times, as seen from NOW."""
    if isinstance(value, dict):
        return {name: dated(part, name) for name, part in value.items()}
    if isinstance(value, list):
        return [dated(part) for part in value]
    return NOW + TypeAdapter(timedelta).validate_python(value) if key in TIMES else value


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the demo shop's content."""
    return Path(__file__).parents[3] / "data"


@pytest.fixture(scope="session")
def now() -> datetime:
    """The moment at which the demo shop is loaded."""
    return NOW


@pytest.fixture(scope="session")
def products(data: Path) -> dict[str, Product]:
    """The products by id."""
    found = TypeAdapter(list[Product]).validate_python(rows(data / "shop" / "products.jsonl"))
    return {product.id: product for product in found}


@pytest.fixture(scope="session")
def customers(data: Path) -> dict[str, Customer]:
    """The customers by id."""
    found = TypeAdapter(list[Customer]).validate_python(rows(data / "shop" / "customers.jsonl"))
    return {customer.id: customer for customer in found}


@pytest.fixture(scope="session")
def orders(data: Path) -> dict[str, Order]:
    """The orders by number."""
    found = TypeAdapter(list[Order]).validate_python(dated(rows(data / "shop" / "orders.jsonl")))
    return {order.number: order for order in found}


@pytest.fixture(scope="session")
def terms(data: Path) -> DeliveryTerms:
    """How the demo shop delivers."""
    return load_delivery_terms(data / "shop" / "delivery.yml")
