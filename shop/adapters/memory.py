"""The records in memory, for tests: as transactional as the real ones, and gone afterwards."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Self

from shop.comparable import comparable, person_key
from shop.delivery_terms import DeliveryTerms
from shop.errors import StoreUnavailable
from shop.ledger import Entry
from shop.model import Customer, Identity, OneTimeCode, Order, Product
from shop.policy import Policy


@dataclass
class _State:
    products: dict[str, Product] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    identities: dict[str, Identity] = field(default_factory=dict)
    failures: Counter[tuple[str, datetime]] = field(default_factory=Counter)
    codes: dict[str, OneTimeCode] = field(default_factory=dict)
    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)

    def copy(self) -> Self:
        return type(self)(*(getattr(self, each.name).copy() for each in fields(self)))


class MemoryCatalogue:
    """Products in a dict."""

    def __init__(self, state: _State) -> None:
        self._products = state.products

    async def find(self, ids: Sequence[str]) -> list[Product]:
        """Returns the products with these ids in the order asked for."""
        return [self._products[each] for each in ids if each in self._products]

    async def all(self) -> AsyncIterator[Product]:
        """Yields every product, by id."""
        for product_id in sorted(self._products):
            yield self._products[product_id]

    async def count(self) -> int:
        """Returns how many products there are."""
        return len(self._products)

    async def categories(self) -> dict[str, int]:
        """Returns how many products each category has, the largest category first."""
        sizes = Counter(product.category for product in self._products.values())
        return dict(sorted(sizes.items(), key=lambda each: (-each[1], each[0])))

    async def page(self, category: str | None, *, offset: int, limit: int) -> list[Product]:
        """Returns some products by id, of one category or of all, after the first `offset`."""
        wanted = [
            product
            for _, product in sorted(self._products.items())
            if category in (None, product.category)
        ]
        return wanted[offset : offset + limit]

    async def save(self, products: Iterable[Product]) -> int:
        """Inserts or replaces the products; returns how many differed."""
        changed = 0
        for product in products:
            changed += self._products.get(product.id) != product
            self._products[product.id] = product
        return changed


class MemoryCustomers:
    """Customers in a dict."""

    def __init__(self, state: _State) -> None:
        self._customers = state.customers

    async def find(self, customer_id: str) -> Customer | None:
        """Returns the customer with this id."""
        return self._customers.get(customer_id)

    async def with_email(self, email: str) -> Customer | None:
        """Returns the customer with this e-mail address."""
        same = (
            each for each in self._customers.values() if comparable(each.email) == comparable(email)
        )
        return min(same, key=lambda each: each.id, default=None)

    async def named(self, name: str, postcode: str) -> list[Customer]:
        """Returns those with a whole name and a postcode; at most two."""
        key = person_key(name, postcode)
        return [each for each in self._customers.values() if key and _person(each) == key][:2]

    async def all(self) -> AsyncIterator[Customer]:
        """Yields every customer, by id."""
        for customer_id in sorted(self._customers):
            yield self._customers[customer_id]

    async def save(self, customers: Iterable[Customer]) -> None:
        """Inserts or replaces the customers."""
        self._customers.update({customer.id: customer for customer in customers})


def _person(customer: Customer) -> str:
    name = f"{customer.first_name} {customer.last_name}"
    return person_key(name, customer.address.postcode)


class MemoryOrders:
    """Orders in a dict."""

    def __init__(self, state: _State) -> None:
        self._orders = state.orders

    async def find(self, number: str) -> Order | None:
        """Returns the order with this number."""
        return self._orders.get(number)

    async def of(self, customer_id: str) -> list[Order]:
        """Returns a customer's orders, latest first."""
        theirs = [order for order in self._orders.values() if order.customer_id == customer_id]
        return sorted(theirs, key=lambda order: (order.placed_at, order.number), reverse=True)

    async def all(self) -> AsyncIterator[Order]:
        """Yields every order, by number."""
        for number in sorted(self._orders):
            yield self._orders[number]

    async def save(self, orders: Iterable[Order]) -> None:
        """Inserts or replaces the orders."""
        self._orders.update({order.number: order for order in orders})


class MemoryIdentities:
    """Identities in a dict, failed tries in a counter."""

    def __init__(self, state: _State) -> None:
        self._identities = state.identities
        self._failures = state.failures

    async def of(self, conversation: str) -> Identity | None:
        """Returns what is known, expired or not."""
        return self._identities.get(conversation)

    async def save(self, identity: Identity) -> None:
        """Replaces what is known of the identity's conversation."""
        self._identities[identity.conversation] = identity

    async def forget(self, conversation: str) -> None:
        """Makes a conversation's customer unknown."""
        self._identities.pop(conversation, None)

    async def failures(self, subject: str, since: datetime) -> int:
        """Returns the failed tries of a subject."""
        return sum(
            tries for (who, at), tries in self._failures.items() if who == subject and at >= since
        )

    async def record_failure(self, subjects: Iterable[str], at: datetime) -> None:
        """Adds one failed try to each subject."""
        self._failures.update((subject, at) for subject in subjects)


class MemoryCodes:
    """One-time codes in a dict."""

    def __init__(self, state: _State) -> None:
        self._codes = state.codes

    async def latest(self, conversation: str) -> OneTimeCode | None:
        """Returns the code that was sent last in a conversation."""
        sent = [code for code in self._codes.values() if code.conversation == conversation]
        return sent[-1] if sent else None

    async def save(self, code: OneTimeCode) -> None:
        """Inserts or replaces a code."""
        self._codes[code.id] = code

    async def discard(self, code_id: str) -> None:
        """Removes a code."""
        self._codes.pop(code_id, None)

    async def sent(
        self, since: datetime, *, conversation: str | None = None, address: str | None = None
    ) -> int:
        """Returns how many codes were sent."""
        return sum(
            code.sent_at >= since
            and conversation in (None, code.conversation)
            and address in (None, code.address)
            for code in self._codes.values()
        )


class MemoryLedger:
    """Entries in a dict."""

    def __init__(self, state: _State) -> None:
        self._entries = state.entries

    async def find(self, conversation: str, key: str) -> Entry | None:
        """Returns the entry that a conversation made with a key."""
        return self._entries.get((conversation, key))

    async def of(self, customer_id: str) -> list[Entry]:
        """Returns what was done for a customer, latest first."""
        theirs = (each for each in self._entries.values() if each.plan.customer_id == customer_id)
        return sorted(theirs, key=lambda each: (each.at, each.reference), reverse=True)

    async def add(self, entry: Entry) -> None:
        """Keeps a new entry."""
        is_known = any(each.reference == entry.reference for each in self._entries.values())
        if is_known or (entry.conversation, entry.key) in self._entries:
            raise StoreUnavailable("this entry is there already")
        self._entries[entry.conversation, entry.key] = entry


class MemoryRecords:
    """All records of one state."""

    def __init__(self, state: _State) -> None:
        self.catalogue = MemoryCatalogue(state)
        self.customers = MemoryCustomers(state)
        self.orders = MemoryOrders(state)
        self.identities = MemoryIdentities(state)
        self.codes = MemoryCodes(state)
        self.ledger = MemoryLedger(state)


class MemoryShop:
    """A shop that forgets everything when it is dropped."""

    def __init__(self, policy: Policy | None = None, delivery: DeliveryTerms | None = None) -> None:
        self.policy = policy or Policy()
        self.delivery = delivery or DeliveryTerms()
        self._state = _State()
        self._one_at_a_time = asyncio.Lock()

    @asynccontextmanager
    async def records(self) -> AsyncIterator[MemoryRecords]:
        """Opens a copy of the state, which becomes the state unless it is left by an error."""
        async with self._one_at_a_time:
            changed = self._state.copy()
            yield MemoryRecords(changed)
            self._state = changed

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[MemoryRecords]:
        """Opens a copy of the state that is dropped afterwards."""
        yield MemoryRecords(self._state.copy())
