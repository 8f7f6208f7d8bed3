"""A shop in memory with two customers, one order each."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shop.adapters.memory import MemoryShop
from shop.model import Customer, Order


class SteppingClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Returns the moment that was set."""
        return self.now

    def move(self, **by: float) -> None:
        """Moves on."""
        self.now += timedelta(**by)


@pytest.fixture
def clock(noon: datetime) -> SteppingClock:
    """The time of the test."""
    return SteppingClock(noon)


@pytest.fixture
def bob(ada: Customer) -> Customer:
    """Another customer, in another town."""
    address = replace(ada.address, city="Leeds", postcode="LS1 4DY", country="GB")
    return replace(ada, id="bob", first_name="Bob", email="bob@example.com", address=address)


@pytest.fixture
def bobs_order(order: Order, bob: Customer) -> Order:
    """Bob's order, sent to his home."""
    return replace(order, number="SK-2002", customer_id="bob", address=bob.address)


@pytest.fixture
async def shop(ada: Customer, order: Order, bob: Customer, bobs_order: Order) -> MemoryShop:
    """The shop with both of them."""
    shop = MemoryShop()
    async with shop.records() as records:
        await records.customers.save([ada, bob])
        await records.orders.save([order, bobs_order])
    return shop
