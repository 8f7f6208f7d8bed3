"""One conversation inside a transaction that writes: its row is locked, so writers take turns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Row, RowMapping, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from channels.adapters.sql.rows import conversation_of, message_of
from channels.adapters.sql.tables import conversations, messages, offers
from channels.errors import ControlLost, UnknownChoice, UnknownConversation
from channels.model import Author, Control, Conversation, InboxState, Outcome
from channels.transcript import Offer

Values = Mapping[str, Any]


class Room:
    """A locked conversation: what is in it, and the one way to add to it."""

    def __init__(self, tx: AsyncConnection, row: Row[Any], at: datetime) -> None:
        self._tx = tx
        self._id = row.id
        self._last_seq = row.last_seq
        self._at = at
        self.now = conversation_of(row)

    @classmethod
    async def enter(cls, tx: AsyncConnection, conversation: str, at: datetime) -> Self:
        """Locks a conversation.

        Raises:
            UnknownConversation: there is none.
        """
        row = await _lock(tx, conversation)
        if row is None:
            raise UnknownConversation("There is no such conversation.")
        return cls(tx, row, at)

    @classmethod
    async def enter_new(
        cls, tx: AsyncConnection, conversation: str, channel: str, at: datetime
    ) -> Self:
        """Locks a conversation, which need not be there yet."""
        if row := await _lock(tx, conversation):
            return cls(tx, row, at)
        dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
        begun = dialect.insert(conversations).values(
            id=conversation,
            channel=channel,
            control=Control.BOT,
            version=1,
            created_at=at,
            updated_at=at,
            control_since=at,
            last_seq=0,
        )
        await tx.execute(begun.on_conflict_do_nothing())
        return await cls.enter(tx, conversation, at)

    def require(self, version: int) -> None:
        """Refuses to go on where control has changed.

        Raises:
            ControlLost: the version is another.
        """
        if self.now.version != version:
            raise ControlLost("Somebody else took over this conversation in the meantime.")

    async def inbound(self, message_id: str) -> RowMapping | None:
        """Returns the row of a customer's message."""
        query = select(messages).where(is_inbound(self._id, message_id))
        return (await self._tx.execute(query)).mappings().one_or_none()

    async def offer(self, choice: str) -> Offer:
        """Returns a button that was offered here.

        Raises:
            UnknownChoice: it was not.
        """
        query = select(offers).where(offers.c.id == choice, offers.c.conversation == self._id)
        row = (await self._tx.execute(query)).one_or_none()
        if row is None:
            raise UnknownChoice("This choice was not offered in this conversation.")
        return Offer(id=row.id, title=row.title, payload=row.payload)

    async def settle(
        self, message_id: str | None = None, *, to: InboxState = InboxState.DONE
    ) -> bool:
        """Ends the waiting of one message, or of all; tells whether there was any."""
        which = messages.c.conversation == self._id
        if message_id is not None:
            which = is_inbound(self._id, message_id)
        settled = update(messages).where(which, messages.c.state == InboxState.PENDING)
        return (await self._tx.execute(settled.values(state=to))).rowcount > 0

    async def keep(
        self,
        lines: Sequence[Values],
        *,
        offered: Sequence[Offer] = (),
        changes: Values | None = None,
    ) -> Outcome:
        """Adds lines to the transcript, and changes who is in control where `changes` says so."""
        rows = [
            {**_NOTHING, **line, "conversation": self._id, "seq": seq, "at": self._at}
            for seq, line in enumerate(lines, self._last_seq + 1)
        ]
        await self._tx.execute(insert(messages), rows)
        if offered:
            await self._tx.execute(
                insert(offers),
                [
                    {"id": o.id, "title": o.title, "payload": o.payload, "conversation": self._id}
                    for o in offered
                ],
            )
        self.now = await self._advance(len(rows), changes or {})
        return Outcome(conversation=self.now, messages=tuple(message_of(row) for row in rows))

    async def _advance(self, lines: int, changes: Values) -> Conversation:
        moved = {}
        if changes:
            moved = {"version": self.now.version + 1, "control_since": self._at, **changes}
        advanced = (
            update(conversations)
            .where(conversations.c.id == self._id)
            .values(last_seq=self._last_seq + lines, updated_at=self._at, **moved)
            .returning(conversations)
        )
        return conversation_of((await self._tx.execute(advanced)).one())


_NOTHING = {
    "agent": None,
    "in_reply_to": None,
    "message_id": None,
    "payload": None,
    "request_id": None,
    "state": None,
    "tries": 0,
}


def line(author: Author, body: Values, **others: str | None) -> Values:
    """Returns a line to keep."""
    return {"author": author, "body": body, **others}


def is_inbound(conversation: str, message_id: str) -> ColumnElement[bool]:
    """Finds the row of a customer's message."""
    return (messages.c.conversation == conversation) & (messages.c.message_id == message_id)


async def _lock(tx: AsyncConnection, conversation: str) -> Row[Any] | None:
    query = select(conversations).where(conversations.c.id == conversation).with_for_update()
    return (await tx.execute(query)).one_or_none()
