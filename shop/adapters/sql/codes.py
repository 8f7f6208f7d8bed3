"""One-time codes in SQL."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.tables import one_time_codes as codes
from shop.model import OneTimeCode


class SqlCodes:
    """The one-time codes within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def latest(self, conversation: str) -> OneTimeCode | None:
        """Returns the code that was sent last in a conversation."""
        query = select(codes).where(codes.c.conversation == conversation)
        found = await self._connection.execute(query.order_by(codes.c.number.desc()).limit(1))
        row = found.mappings().one_or_none()
        return OneTimeCode(**{key: row[key] for key in row if key != "number"}) if row else None

    async def save(self, code: OneTimeCode) -> None:
        """Inserts or replaces a code."""
        change = codes.update().where(codes.c.id == code.id).values(asdict(code))
        if (await self._connection.execute(change)).rowcount == 0:
            await self._connection.execute(codes.insert().values(asdict(code)))

    async def discard(self, code_id: str) -> None:
        """Removes a code."""
        await self._connection.execute(delete(codes).where(codes.c.id == code_id))

    async def sent(
        self, since: datetime, *, conversation: str | None = None, address: str | None = None
    ) -> int:
        """Returns how many codes were sent."""
        query = select(func.count()).select_from(codes).where(codes.c.sent_at >= since)
        if conversation is not None:
            query = query.where(codes.c.conversation == conversation)
        if address is not None:
            query = query.where(codes.c.address == address)
        return await self._connection.scalar(query) or 0
