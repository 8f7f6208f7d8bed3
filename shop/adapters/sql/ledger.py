"""What was done for customers, in SQL."""

from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.tables import ledger
from shop.ledger import Entry
from shop.plan import Plan

_PLAN = TypeAdapter(Plan)


class SqlLedger:
    """The entries within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, conversation: str, key: str) -> Entry | None:
        """Returns the entry that a conversation made with a key."""
        same = and_(ledger.c.conversation == conversation, ledger.c.key == key)
        return next(iter(await self._load(same)), None)

    async def of(self, customer_id: str) -> list[Entry]:
        """Returns what was done for a customer, latest first."""
        return await self._load(ledger.c.customer_id == customer_id)

    async def add(self, entry: Entry) -> None:
        """Keeps a new entry."""
        values: dict[str, Any] = {
            "reference": entry.reference,
            "conversation": entry.conversation,
            "key": entry.key,
            "at": entry.at,
            "customer_id": entry.plan.customer_id,
            "action": entry.plan.action,
            "command": entry.command,
            "plan": _PLAN.dump_python(entry.plan, mode="json"),
        }
        await self._connection.execute(ledger.insert(), [values])

    async def _load(self, condition: ColumnElement[bool]) -> list[Entry]:
        query = select(ledger).where(condition)
        latest_first = query.order_by(ledger.c.at.desc(), ledger.c.reference.desc())
        return [
            Entry(
                reference=row.reference,
                conversation=row.conversation,
                key=row.key,
                at=row.at,
                command=row.command,
                plan=_PLAN.validate_python(row.plan),
            )
            for row in await self._connection.execute(latest_first)
        ]
