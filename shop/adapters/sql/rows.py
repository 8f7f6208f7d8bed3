"""Writing and reading rows that belong together, on SQLite and PostgreSQL alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Row, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.model import Address, Money

T = TypeVar("T")
Values = Mapping[str, Any]

BATCH = 500  # keys in one statement: well below what either database takes


def batches(items: Iterable[T]) -> Iterator[list[T]]:
    """Yields the items in lists of at most `BATCH`."""
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


async def upsert(connection: AsyncConnection, table: Table, rows: Sequence[Values]) -> None:
    """Inserts the rows, or replaces those with the same primary key."""
    if not rows:
        return
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table)
    changes = {column.name: statement.excluded[column.name] for column in table.columns}
    await connection.execute(
        statement.on_conflict_do_update(index_elements=table.primary_key, set_=changes), rows
    )


async def replace_parts(
    connection: AsyncConnection, table: Table, owners: Sequence[str], rows: Sequence[Values]
) -> None:
    """Replaces all rows that belong to the owners."""
    owner = table.primary_key.columns[0]
    await connection.execute(delete(table).where(owner.in_(owners)))
    if rows:
        await connection.execute(table.insert(), rows)


async def parts(
    connection: AsyncConnection, table: Table, owners: Sequence[str]
) -> defaultdict[str, list[Row[Any]]]:
    """Returns the rows that belong to each owner, in their sequence."""
    owner, *sequence = table.primary_key.columns
    found = defaultdict(list)
    query = select(table).where(owner.in_(owners)).order_by(*sequence)
    for row in await connection.execute(query):
        found[row[0]].append(row)
    return found


def address_values(address: Address) -> Values:
    """Returns an address as columns."""
    return {
        "line1": address.line1,
        "line2": address.line2,
        "city": address.city,
        "state": address.state,
        "postcode": address.postcode,
        "country": address.country,
    }


def address(row: Row[Any]) -> Address:
    """Returns the address in a row."""
    return Address(
        line1=row.line1,
        line2=row.line2,
        city=row.city,
        state=row.state,
        postcode=row.postcode,
        country=row.country,
    )


def money_values(name: str, money: Money) -> Values:
    """Returns an amount as columns."""
    return {name: money.minor, "currency": money.currency}
