"""Who conversations have shown themselves to be, in SQL."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select
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
            order_numbers=frozenset(row.order_numbers),
            expires_at=row.expires_at,
        )

    async def save(self, identity: Identity) -> None:
        """Replaces what is known of the identity's conversation."""
        values = {
            "conversation": identity.conversation,
            "level": identity.level,
            "customer_id": identity.customer_id,
            "order_numbers": sorted(identity.order_numbers),
            "expires_at": identity.expires_at,
        }
        await upsert(self._connection, identities, [values])

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
