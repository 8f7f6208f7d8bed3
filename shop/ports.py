"""What the use-cases need from the outside. Implementations raise StoreUnavailable when they fail."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from shop.delivery_terms import DeliveryTerms
from shop.ledger import Entry
from shop.model import Customer, Identity, OneTimeCode, Order, Parcel, Product
from shop.policy import Policy
from shop.sighting import Sighting


class Clock(Protocol):
    """The time, so that tests can choose it."""

    def __call__(self) -> datetime:
        """Returns the present moment, aware and in UTC."""
        ...


class Catalogue(Protocol):
    """The products."""

    async def find(self, ids: Sequence[str]) -> list[Product]:
        """Returns the products with these ids in the order asked for; unknown ids are left out."""
        ...

    def all(self) -> AsyncIterator[Product]:
        """Yields every product, by id."""
        ...

    async def count(self) -> int:
        """Returns how many products there are."""
        ...

    async def categories(self) -> dict[str, int]:
        """Returns how many products each category has, the largest category first."""
        ...

    async def page(self, category: str | None, *, offset: int, limit: int) -> list[Product]:
        """Returns some products by id, of one category or of all, after the first `offset`."""
        ...

    async def save(self, products: Iterable[Product]) -> int:
        """Inserts or replaces the products by id; returns how many differed from what was kept."""
        ...


class Customers(Protocol):
    """The people with an account."""

    async def find(self, customer_id: str) -> Customer | None:
        """Returns the customer with this id."""
        ...

    async def named(self, name: str, postcode: str) -> list[Customer]:
        """Returns those with a whole name and a postcode, however they are written; at most two."""
        ...

    async def with_email(self, email: str) -> Customer | None:
        """Returns the customer with this e-mail address, in capitals or not."""
        ...

    def all(self) -> AsyncIterator[Customer]:
        """Yields every customer, by id."""
        ...

    async def save(self, customers: Iterable[Customer]) -> None:
        """Inserts or replaces the customers by id."""
        ...


class Orders(Protocol):
    """What was bought."""

    async def find(self, number: str) -> Order | None:
        """Returns the order with this number, written as the shop writes it."""
        ...

    async def of(self, customer_id: str) -> list[Order]:
        """Returns a customer's orders, latest first."""
        ...

    def all(self) -> AsyncIterator[Order]:
        """Yields every order, by number."""
        ...

    async def save(self, orders: Iterable[Order]) -> None:
        """Inserts or replaces the orders by number."""
        ...


class Identities(Protocol):
    """Who each conversation has shown itself to be, and the failed tries."""

    async def of(self, conversation: str) -> Identity | None:
        """Returns what is known, expired or not."""
        ...

    async def save(self, identity: Identity) -> None:
        """Replaces what is known of the identity's conversation."""
        ...

    async def forget(self, conversation: str) -> None:
        """Makes a conversation's customer unknown."""
        ...

    async def failures(self, subject: str, since: datetime) -> int:
        """Returns the failed tries of a subject ("conversation:…", "order:…", "all")."""
        ...

    async def record_failure(self, subjects: Iterable[str], at: datetime) -> None:
        """Adds one failed try to each subject."""
        ...


class Ledger(Protocol):
    """What was done for customers."""

    async def find(self, conversation: str, key: str) -> Entry | None:
        """Returns the entry that a conversation made with a key."""
        ...

    async def of(self, customer_id: str) -> list[Entry]:
        """Returns what was done for a customer, latest first."""
        ...

    async def add(self, entry: Entry) -> None:
        """Keeps a new entry; its reference, and its conversation and key, are there once."""
        ...


class Codes(Protocol):
    """The one-time codes that were sent."""

    async def latest(self, conversation: str) -> OneTimeCode | None:
        """Returns the code that was sent last in a conversation, used or expired or not."""
        ...

    async def save(self, code: OneTimeCode) -> None:
        """Inserts or replaces a code by its id."""
        ...

    async def discard(self, code_id: str) -> None:
        """Removes a code that was not sent after all."""
        ...

    async def sent(
        self, since: datetime, *, conversation: str | None = None, address: str | None = None
    ) -> int:
        """Returns how many codes were sent: in all, in a conversation, or to an address."""
        ...


class Records(Protocol):
    """The shop's records within one transaction."""

    @property
    def catalogue(self) -> Catalogue:
        """The products."""
        ...

    @property
    def customers(self) -> Customers:
        """The people."""
        ...

    @property
    def orders(self) -> Orders:
        """What they bought."""
        ...

    @property
    def identities(self) -> Identities:
        """Who they showed themselves to be."""
        ...

    @property
    def codes(self) -> Codes:
        """The one-time codes."""
        ...

    @property
    def ledger(self) -> Ledger:
        """What was done for them."""
        ...


class Shop(Protocol):
    """The records and the rules."""

    @property
    def policy(self) -> Policy:
        """The shop's rules."""
        ...

    @property
    def delivery(self) -> DeliveryTerms:
        """How it delivers."""
        ...

    def records(self) -> AbstractAsyncContextManager[Records]:
        """Opens one transaction: all of it is kept, or nothing if it is left by an error.

        There is one at a time, so what was checked inside still holds when it is written.
        """
        ...

    def snapshot(self) -> AbstractAsyncContextManager[Records]:
        """Opens the records as they are now, for reading: it waits for nobody and keeps nothing."""
        ...


class Carriers(Protocol):
    """Those who bring the parcels, whatever each of them calls what happens."""

    async def look_up(self, parcel: Parcel) -> Sighting:
        """Returns what the parcel's carrier tells of it now.

        Raises:
            CarrierUnavailable: the carrier does not answer; what the shop has kept still holds.
        """
        ...
