"""One conversation inside a transaction that writes: its row is locked, so writers take turns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Self

from sqlalchemy import (
    BindParameter,
    Connection,
    CursorResult,
    Executable,
    Row,
    RowMapping,
    bindparam,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from channels.adapters.sql.rows import conversation_of, message_of, pending_of
from channels.adapters.sql.tables import IS_PENDING, conversations, messages, offers
from channels.errors import ControlLost, UnknownChoice, UnknownConversation
from channels.model import Author, Control, Conversation, InboxState, Outcome, Pending
from channels.transcript import Offer

Values = Mapping[str, Any]

# Made once: building a statement takes longer than SQLite takes to run it.
_ROOM: BindParameter[str] = bindparam("room")
_MESSAGE: BindParameter[str] = bindparam("message")
_HERE = messages.c.conversation == _ROOM
_THIS = _HERE & (messages.c.message_id == _MESSAGE)
_LOCK = select(conversations).where(conversations.c.id == _ROOM).with_for_update()
INBOUND = select(messages).where(_THIS)
_OFFER = select(offers).where(offers.c.id == bindparam("choice"), offers.c.conversation == _ROOM)
_OLDEST_PENDING = select(messages).where(_HERE, IS_PENDING).order_by(messages.c.seq).limit(1)
_SETTLE = update(messages).where(_THIS, IS_PENDING).values(state=bindparam("to"))
_SETTLE_ALL = update(messages).where(_HERE, IS_PENDING).values(state=bindparam("to"))
_COUNT_FAILURE = (
    update(messages).where(_THIS).values(tries=messages.c.tries + 1).returning(messages.c.tries)
)
_KEEP, _OFFERED = insert(messages), insert(offers)
_MOVING = ("control", "version", "agent", "handoff", "control_since", "updated_at", "last_seq")
_ADVANCE = (
    update(conversations)
    .where(conversations.c.id == _ROOM)
    .values({name: bindparam(f"new_{name}") for name in _MOVING})
)


class Room:
    """A locked conversation: what is in it, and the one way to add to it."""

    def __init__(self, tx: Connection, row: Row[Any], at: datetime) -> None:
        self._tx = tx
        self._id = row.id
        self._last_seq = row.last_seq
        self._at = at
        self.now = conversation_of(row)

    @classmethod
    def enter(cls, tx: Connection, conversation: str, at: datetime) -> Self:
        """Locks a conversation.

        Raises:
            UnknownConversation: there is none.
        """
        row = tx.execute(_LOCK, {"room": conversation}).one_or_none()
        if row is None:
            raise UnknownConversation("There is no such conversation.")
        return cls(tx, row, at)

    @classmethod
    def enter_new(cls, tx: Connection, conversation: str, channel: str, at: datetime) -> Self:
        """Locks a conversation, which need not be there yet."""
        if row := tx.execute(_LOCK, {"room": conversation}).one_or_none():
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
        tx.execute(begun.on_conflict_do_nothing())
        return cls.enter(tx, conversation, at)

    def require(self, version: int) -> None:
        """Refuses to go on where control has changed.

        Raises:
            ControlLost: the version is another.
        """
        if self.now.version != version:
            raise ControlLost("Somebody else took over this conversation in the meantime.")

    def inbound(self, message_id: str) -> RowMapping | None:
        """Returns the row of a customer's message."""
        return self._run(INBOUND, message=message_id).mappings().one_or_none()

    def offer(self, choice: str) -> Offer:
        """Returns a button that was offered here.

        Raises:
            UnknownChoice: it was not.
        """
        row = self._run(_OFFER, choice=choice).one_or_none()
        if row is None:
            raise UnknownChoice("This choice was not offered in this conversation.")
        return Offer(id=row.id, title=row.title, payload=row.payload)

    def next_pending(self) -> Pending | None:
        """Returns the oldest pending message, while the bot is in control."""
        return next_pending(self._tx, self.now)

    def settle(self, message_id: str, *, to: InboxState = InboxState.DONE) -> bool:
        """Ends the waiting of one message; tells whether it waited."""
        return bool(self._run(_SETTLE, message=message_id, to=to).rowcount)

    def settle_all(self) -> None:
        """Ends the waiting of all messages."""
        self._run(_SETTLE_ALL, to=InboxState.DONE)

    def count_failure(self, message_id: str) -> int:
        """Counts one failed turn of a message and returns how many there were."""
        tries: int = self._run(_COUNT_FAILURE, message=message_id).scalar_one()
        return tries

    def keep(
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
        self._tx.execute(_KEEP, rows)
        if offered:
            self._tx.execute(
                _OFFERED,
                [
                    {"id": o.id, "title": o.title, "payload": o.payload, "conversation": self._id}
                    for o in offered
                ],
            )
        self._advance(len(rows), changes)
        return Outcome(conversation=self.now, messages=tuple(message_of(row) for row in rows))

    def _advance(self, lines: int, changes: Values | None) -> None:
        moved = (
            {"version": self.now.version + 1, "control_since": self._at, **changes}
            if changes
            else {}
        )
        self.now = replace(self.now, updated_at=self._at, **moved)
        self._last_seq += lines
        kept = {name: getattr(self.now, name, self._last_seq) for name in _MOVING}
        self._run(_ADVANCE, **{f"new_{name}": value for name, value in kept.items()})

    def _run(self, statement: Executable, **values: object) -> CursorResult[Any]:
        return self._tx.execute(statement, {"room": self._id, **values})


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


def next_pending(tx: Connection, now: Conversation) -> Pending | None:
    """Returns the oldest pending message of a conversation, while the bot is in control."""
    if now.control is not Control.BOT:
        return None
    row = tx.execute(_OLDEST_PENDING, {"room": now.id}).one_or_none()
    return pending_of(row, now) if row else None
