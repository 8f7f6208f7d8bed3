"""Conversations in SQL: one transaction for each call."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, select, tuple_

from bot.contract import Reply
from channels.adapters.sql.database import Database
from channels.adapters.sql.room import INBOUND, Room, Values, line, next_pending
from channels.adapters.sql.rows import conversation_of, is_same, message_of
from channels.adapters.sql.tables import IS_PENDING, conversations, messages
from channels.clock import Clock, utc_now
from channels.errors import Conflict, UnknownConversation
from channels.model import (
    Author,
    Control,
    Conversation,
    Handoff,
    Inbound,
    InboxState,
    Message,
    Outcome,
    Pending,
    Received,
    TurnOutcome,
)
from channels.transcript import Offer, body_of_inbound, body_of_note, body_of_reply

T = TypeVar("T")

_CONVERSATION = select(conversations).where(conversations.c.id == bindparam("room"))
_WAITING = (
    select(messages.c.conversation)
    .join(conversations)
    .where(conversations.c.control == Control.BOT, IS_PENDING)
    .distinct()
)
_MESSAGES = select(messages).order_by(messages.c.seq)
_TRANSCRIPT = _MESSAGES.where(
    messages.c.conversation == bindparam("room"), messages.c.seq > bindparam("after")
)
_REPLIES = _MESSAGES.where(
    messages.c.conversation == bindparam("room"), messages.c.in_reply_to == bindparam("message")
)


class SqlConversations:
    """Keeps conversations in SQLite or PostgreSQL."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    @asynccontextmanager
    async def open(cls, location: str, *, clock: Clock = utc_now) -> AsyncIterator[Self]:
        """Opens a database by its address, or an SQLite file by its path, and closes it after."""
        async with Database.open(location) as database:
            yield cls(database, clock)

    async def receive(self, inbound: Inbound, *, channel: str) -> Received:
        def keep(tx: Connection) -> Received:
            room = Room.enter_new(tx, inbound.conversation, channel, self._clock())
            if known := room.inbound(inbound.message_id):
                if not is_same(known, inbound):
                    raise Conflict("This message id came before with another content.")
                return Received(
                    message=message_of(known),
                    state=InboxState(known["state"]),
                    is_new=False,
                    conversation=room.now,
                )
            offer = room.offer(inbound.choice) if inbound.choice is not None else None
            reopened = room.now.control is Control.CLOSED
            kept = room.keep(
                [
                    line(
                        Author.CUSTOMER,
                        body_of_inbound(inbound, offer),
                        message_id=inbound.message_id,
                        payload=offer.payload if offer else None,
                        request_id=inbound.request_id,
                        state=InboxState.PENDING,
                    )
                ],
                changes=_under(Control.BOT) if reopened else None,
            )
            return Received(
                message=kept.messages[0],
                state=InboxState.PENDING,
                is_new=True,
                conversation=kept.conversation,
                reopened=reopened,
                next_pending=room.next_pending(),
            )

        return await self._database.write(keep)

    async def next_pending(self, conversation: str) -> Pending | None:
        def look(tx: Connection) -> Pending | None:
            row = tx.execute(_CONVERSATION, {"room": conversation}).one_or_none()
            return next_pending(tx, conversation_of(row)) if row else None

        return await self._database.read(look)

    async def waiting(self) -> list[str]:
        return await self._database.read(lambda tx: list(tx.scalars(_WAITING)))

    async def complete(
        self,
        conversation: str,
        message_id: str,
        *,
        version: int,
        replies: Sequence[Reply],
        handoff: Handoff | None,
    ) -> TurnOutcome:
        lines: list[Values] = []
        offered: list[Offer] = []
        for reply in replies:
            body, offers = body_of_reply(reply)
            lines.append(line(Author.BOT, body, in_reply_to=message_id))
            offered += offers

        def keep(room: Room) -> TurnOutcome:
            if room.now.version != version or not room.settle(message_id):
                return _after_turn(room)
            changes = _under(Control.QUEUE, handoff=handoff) if handoff else None
            return _after_turn(room, room.keep(lines, offered=offered, changes=changes))

        return await self._in_room(conversation, keep)

    async def record_failure(self, conversation: str, message_id: str) -> int:
        return await self._in_room(conversation, lambda room: room.count_failure(message_id))

    async def give_up(
        self, conversation: str, message_id: str, *, version: int, handoff: Handoff, note: str
    ) -> TurnOutcome:
        def keep(room: Room) -> TurnOutcome:
            if room.now.version != version or not room.settle(message_id, to=InboxState.DEAD):
                return _after_turn(room)
            said = line(Author.SYSTEM, body_of_note(note), in_reply_to=message_id)
            return _after_turn(
                room, room.keep([said], changes=_under(Control.QUEUE, handoff=handoff))
            )

        return await self._in_room(conversation, keep)

    async def has(self, conversation: str, message_id: str) -> bool:
        known = {"room": conversation, "message": message_id}
        return await self._database.read(lambda tx: tx.execute(INBOUND, known).first() is not None)

    async def replies(self, conversation: str, message_id: str) -> list[Message]:
        return await self._messages(_REPLIES, room=conversation, message=message_id)

    async def messages(self, conversation: str, *, after: int = 0) -> list[Message]:
        return await self._messages(_TRANSCRIPT, room=conversation, after=after)

    async def first_words(self, conversations: Sequence[str]) -> dict[str, Message]:
        return await self._words(conversations, func.min(messages.c.seq))

    async def last_words(self, conversations: Sequence[str]) -> dict[str, Message]:
        return await self._words(conversations, func.max(messages.c.seq))

    async def conversation(self, conversation: str) -> Conversation:
        for found in await self._conversations(_CONVERSATION, room=conversation):
            return found
        raise UnknownConversation("There is no such conversation.")

    async def in_control(self, *controls: Control) -> list[Conversation]:
        under = select(conversations).where(conversations.c.control.in_(controls))
        return await self._conversations(under.order_by(conversations.c.control_since))

    async def recent(self, limit: int) -> list[Conversation]:
        latest = select(conversations).order_by(conversations.c.updated_at.desc())
        return await self._conversations(latest.limit(limit))

    async def change_control(
        self,
        conversation: str,
        *,
        version: int,
        to: Control,
        agent: str | None,
        note: str,
        answers: str | None = None,
    ) -> Outcome:
        def keep(room: Room) -> Outcome:
            room.require(version)
            if to is Control.CLOSED:
                room.settle_all()
            elif answers is not None:
                room.settle(answers)
            taken = {"control": to, "agent": agent}  # what the bot handed over stays to be read
            return room.keep(
                [line(Author.SYSTEM, body_of_note(note), agent=agent, in_reply_to=answers)],
                changes=taken if to is Control.AGENT else _under(to),
            )

        return await self._in_room(conversation, keep)

    async def say(
        self,
        conversation: str,
        *,
        author: Author,
        version: int,
        body: dict[str, Any],
        agent: str | None = None,
    ) -> Message:
        def keep(room: Room) -> Message:
            room.require(version)
            if author is Author.AGENT:
                room.settle_all()
            return room.keep([line(author, body, agent=agent)]).messages[0]

        return await self._in_room(conversation, keep)

    async def _in_room(self, conversation: str, work: Callable[[Room], T]) -> T:
        return await self._database.write(
            lambda tx: work(Room.enter(tx, conversation, self._clock()))
        )

    async def _messages(self, query: Select[Any], **values: object) -> list[Message]:
        return await self._database.read(
            lambda tx: [message_of(row) for row in tx.execute(query, values).mappings()]
        )

    async def _words(
        self, conversations: Sequence[str], which: ColumnElement[int]
    ) -> dict[str, Message]:
        chosen = (
            select(messages.c.conversation, which)
            .where(messages.c.conversation.in_(conversations))
            .where(messages.c.author == Author.CUSTOMER)
            .group_by(messages.c.conversation)
        )
        found = await self._messages(
            _MESSAGES.where(tuple_(messages.c.conversation, messages.c.seq).in_(chosen))
        )
        return {message.conversation: message for message in found}

    async def _conversations(self, query: Select[Any], **values: object) -> list[Conversation]:
        return await self._database.read(
            lambda tx: [conversation_of(row) for row in tx.execute(query, values)]
        )


def _after_turn(room: Room, kept: Outcome | None = None) -> TurnOutcome:
    return TurnOutcome(
        conversation=room.now,
        messages=kept.messages if kept else (),
        next_pending=room.next_pending(),
    )


def _under(control: Control, *, handoff: Handoff | None = None) -> Values:
    """Returns a conversation's columns once no agent has it."""
    reason = handoff and {"reason": handoff.reason, "facts": dict(handoff.facts)}
    return {"control": control, "agent": None, "handoff": reason}
