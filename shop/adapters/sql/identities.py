"""Who conversations have shown themselves to be, in SQL."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.rows import upsert
from shop.adapters.sql.tables import failed_tries, identities
from shop.model import Identity, IdentityLevel


class SqlIdentities:
    """The identities within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, conversation: str) -> Identity | None:
        """Returns what is known, expired or not."""
        query = select(identities).where(identities.c.conversation == conversation)
        row = (await self._connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Identity(
            conversation=row.conversation,
            level=IdentityLevel(row.level),
            customer_id=row.customer_id,
            order_numbers=None if row.order_numbers is None else frozenset(row.order_numbers),
            expires_at=row.expires_at,
            fresh_until=row.fresh_until,
        )

    async def save(self, identity: Identity) -> None:
        """Replaces what is known of the identity's conversation."""
        numbers = identity.order_numbers
        values = {
            "conversation": identity.conversation,
            "level": identity.level,
            "customer_id": identity.customer_id,
            "order_numbers": None if numbers is None else sorted(numbers),
            "expires_at": identity.expires_at,
            "fresh_until": identity.fresh_until,
        }
        await upsert(self._connection, identities, [values])

    async def forget(self, conversation: str) -> None:
        """Makes a conversation's customer unknown."""
        await self._connection.execute(
            delete(identities).where(identities.c.conversation == conversation)
        )

    async def failures(self, subject: str, since: datetime) -> int:
        """Returns the failed tries of a subject."""
        query = (
            select(func.count())
            .select_from(failed_tries)
            .where(failed_tries.c.subject == subject, failed_tries.c.at >= since)
        )
        return await self._connection.scalar(query) or 0

    async def record_failure(self, subjects: Iterable[str], at: datetime) -> None:
        """Adds one failed try to each subject."""
        tries = [{"subject": subject, "at": at} for subject in subjects]
        await self._connection.execute(failed_tries.insert(), tries)
