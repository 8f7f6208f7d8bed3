"""Customers in SQL."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.rows import (
    BATCH,
    Values,
    address,
    address_values,
    batches,
    parts,
    replace_parts,
    upsert,
)
from shop.adapters.sql.tables import customers, payment_methods
from shop.comparable import comparable, person_key
from shop.model import Customer, Money, PaymentMethod


class SqlCustomers:
    """The customers within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, customer_id: str) -> Customer | None:
        """Returns the customer with this id."""
        query = select(customers).where(customers.c.id == customer_id)
        row = (await self._connection.execute(query)).one_or_none()
        methods = await parts(self._connection, payment_methods, [customer_id])
        return _customer(row, methods[customer_id]) if row else None

    async def with_email(self, email: str) -> Customer | None:
        """Returns the customer with this e-mail address."""
        query = select(customers.c.id).where(customers.c.email_key == comparable(email))
        found = await self._connection.scalar(query.order_by(customers.c.id).limit(1))
        return await self.find(found) if found else None

    async def named(self, name: str, postcode: str) -> list[Customer]:
        """Returns those with a whole name and a postcode; at most two."""
        key = person_key(name, postcode)
        query = select(customers.c.id).where(customers.c.person_key == key)
        ids = await self._connection.scalars(query.order_by(customers.c.id).limit(2))
        found = [await self.find(each) for each in ids if key]
        return [each for each in found if each]

    async def all(self) -> AsyncIterator[Customer]:
        """Yields every customer, by id."""
        last = ""
        query = select(customers).order_by(customers.c.id).limit(BATCH)
        while rows := (await self._connection.execute(query.where(customers.c.id > last))).all():
            methods = await parts(self._connection, payment_methods, [row.id for row in rows])
            for row in rows:
                yield _customer(row, methods[row.id])
            last = rows[-1].id

    async def save(self, customers_: Iterable[Customer]) -> None:
        """Inserts or replaces the customers by id."""
        for batch in batches(customers_):
            new = {customer.id: customer for customer in batch}
            await upsert(self._connection, customers, [_values(each) for each in new.values()])
            await replace_parts(
                self._connection,
                payment_methods,
                list(new),
                [values for each in new.values() for values in _method_values(each)],
            )


def _customer(row: Row[Any], methods: Sequence[Row[Any]]) -> Customer:
    return Customer(
        id=row.id,
        first_name=row.first_name,
        last_name=row.last_name,
        email=row.email,
        phone=row.phone,
        address=address(row),
        locale=row.locale,
        time_zone=row.time_zone,
        payment_methods=tuple(map(_method, methods)),
        newsletter=row.newsletter,
        deletion_requested_at=row.deletion_requested_at,
    )


def _method(row: Row[Any]) -> PaymentMethod:
    balance = None if row.balance_minor is None else Money(row.balance_minor, row.currency)
    return PaymentMethod(id=row.id, kind=row.kind, label=row.label, balance=balance)


def _values(customer: Customer) -> Values:
    return {
        "id": customer.id,
        "first_name": customer.first_name,
        "last_name": customer.last_name,
        "email": customer.email,
        "phone": customer.phone,
        **address_values(customer.address),
        "locale": customer.locale,
        "time_zone": customer.time_zone,
        "newsletter": customer.newsletter,
        "deletion_requested_at": customer.deletion_requested_at,
        "email_key": comparable(customer.email),
        "person_key": person_key(
            f"{customer.first_name} {customer.last_name}", customer.address.postcode
        ),
    }


def _method_values(customer: Customer) -> list[Values]:
    return [
        {
            "customer_id": customer.id,
            "position": position,
            "id": method.id,
            "kind": method.kind,
            "label": method.label,
            "balance_minor": method.balance.minor if method.balance else None,
            "currency": method.balance.currency if method.balance else None,
        }
        for position, method in enumerate(customer.payment_methods)
    ]
