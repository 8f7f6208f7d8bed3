"""Ended sessions of the desk in SQL: another gateway and the next start know of them too."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from channels.adapters.sql.database import Database
from channels.adapters.sql.tables import ended_sessions
from channels.clock import Clock


class SqlEndedSessions:
    """Keeps ended sessions in SQLite or PostgreSQL."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def end(self, session: str, *, until: datetime) -> None:
        now = self._clock()

        def keep(tx: Connection) -> None:
            over = (ended_sessions.c.until < now) | (ended_sessions.c.id == session)
            tx.execute(delete(ended_sessions).where(over))
            tx.execute(insert(ended_sessions).values(id=session, until=until))

        await self._database.write(keep)

    async def is_ended(self, session: str) -> bool:
        this = select(ended_sessions.c.id).where(ended_sessions.c.id == session)
        return await self._database.read(lambda tx: tx.scalar(this) is not None)
