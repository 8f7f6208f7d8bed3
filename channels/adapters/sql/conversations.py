"""Conversations in SQL: one transaction for each call."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Self

from sqlalchemy import ColumnElement, func, select, tuple_, update

from bot.contract import Reply
from channels.adapters.sql.database import Database
from channels.adapters.sql.room import Room, Values, is_inbound, line
from channels.adapters.sql.rows import conversation_of, is_same, message_of, pending_of
from channels.adapters.sql.tables import conversations, messages
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
)
from channels.transcript import Offer, body_of_inbound, body_of_note, body_of_reply

_BOT_HAS_PENDING = (
    (conversations.c.id == messages.c.conversation)
    & (conversations.c.control == Control.BOT)
    & (messages.c.state == InboxState.PENDING)
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
        async with self._database.write() as tx:
            room = await Room.enter_new(tx, inbound.conversation, channel, self._clock())
            if known := await room.inbound(inbound.message_id):
                if not is_same(known, inbound):
                    raise Conflict("This message id came before with another content.")
                return Received(
                    message=message_of(known),
                    state=InboxState(known["state"]),
                    is_new=False,
                    conversation=room.now,
                )
            offer = await room.offer(inbound.choice) if inbound.choice is not None else None
            reopened = room.now.control is Control.CLOSED
            kept = await room.keep(
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
        )

    async def next_pending(self, conversation: str) -> Pending | None:
        query = (
            select(messages, conversations.c.channel, conversations.c.version)
            .join(conversations, _BOT_HAS_PENDING)
            .where(messages.c.conversation == conversation)
            .order_by(messages.c.seq)
            .limit(1)
        )
        async with self._database.read() as tx:
            row = (await tx.execute(query)).one_or_none()
        return pending_of(row) if row else None

    async def waiting(self) -> list[str]:
        query = select(messages.c.conversation).join(conversations, _BOT_HAS_PENDING).distinct()
        async with self._database.read() as tx:
            return list((await tx.scalars(query)).all())

    async def complete(
        self,
        conversation: str,
        message_id: str,
        *,
        version: int,
        replies: Sequence[Reply],
        handoff: Handoff | None,
    ) -> Outcome:
        lines: list[Values] = []
        offered: list[Offer] = []
        for reply in replies:
            body, offers = body_of_reply(reply)
            lines.append(line(Author.BOT, body, in_reply_to=message_id))
            offered += offers
        async with self._database.write() as tx:
            room = await Room.enter(tx, conversation, self._clock())
            if room.now.version != version or not await room.settle(message_id):
                return Outcome(conversation=room.now)
            changes = _under(Control.QUEUE, handoff=handoff) if handoff else None
            return await room.keep(lines, offered=offered, changes=changes)

    async def record_failure(self, conversation: str, message_id: str) -> int:
        counted = (
            update(messages)
            .where(is_inbound(conversation, message_id))
            .values(tries=messages.c.tries + 1)
            .returning(messages.c.tries)
        )
        async with self._database.write() as tx:
            tries: int = (await tx.execute(counted)).scalar_one()
        return tries

    async def give_up(
        self, conversation: str, message_id: str, *, version: int, handoff: Handoff, note: str
    ) -> Outcome:
        async with self._database.write() as tx:
            room = await Room.enter(tx, conversation, self._clock())
            if room.now.version != version or not await room.settle(message_id, to=InboxState.DEAD):
                return Outcome(conversation=room.now)
            return await room.keep(
                [line(Author.SYSTEM, body_of_note(note), in_reply_to=message_id)],
                changes=_under(Control.QUEUE, handoff=handoff),
            )

    async def replies(self, conversation: str, message_id: str) -> list[Message]:
        return await self._messages(
            messages.c.conversation == conversation, messages.c.in_reply_to == message_id
        )

    async def messages(self, conversation: str, *, after: int = 0) -> list[Message]:
        return await self._messages(messages.c.conversation == conversation, messages.c.seq > after)

    async def last_words(self, conversations: Sequence[str]) -> dict[str, Message]:
        last = (
            select(messages.c.conversation, func.max(messages.c.seq))
            .where(messages.c.conversation.in_(conversations))
            .where(messages.c.author == Author.CUSTOMER)
            .group_by(messages.c.conversation)
        )
        found = await self._messages(tuple_(messages.c.conversation, messages.c.seq).in_(last))
        return {message.conversation: message for message in found}

    async def conversation(self, conversation: str) -> Conversation:
        query = select(conversations).where(conversations.c.id == conversation)
        async with self._database.read() as tx:
            row = (await tx.execute(query)).one_or_none()
        if row is None:
            raise UnknownConversation("There is no such conversation.")
        return conversation_of(row)

    async def in_control(self, *controls: Control) -> list[Conversation]:
        query = select(conversations).where(conversations.c.control.in_(controls))
        async with self._database.read() as tx:
            rows = await tx.execute(query.order_by(conversations.c.control_since))
            return [conversation_of(row) for row in rows]

    async def recent(self, limit: int) -> list[Conversation]:
        query = select(conversations).order_by(conversations.c.updated_at.desc()).limit(limit)
        async with self._database.read() as tx:
            return [conversation_of(row) for row in await tx.execute(query)]

    async def change_control(
        self, conversation: str, *, version: int, to: Control, agent: str | None, note: str
    ) -> Outcome:
        async with self._database.write() as tx:
            room = await Room.enter(tx, conversation, self._clock())
            room.require(version)
            if to is Control.CLOSED:
                await room.settle()
            taken = {"control": to, "agent": agent}  # what the bot handed over stays to be read
            return await room.keep(
                [line(Author.SYSTEM, body_of_note(note), agent=agent)],
                changes=taken if to is Control.AGENT else _under(to),
            )

    async def say(
        self,
        conversation: str,
        *,
        author: Author,
        version: int,
        body: dict[str, Any],
        agent: str | None = None,
    ) -> Message:
        async with self._database.write() as tx:
            room = await Room.enter(tx, conversation, self._clock())
            room.require(version)
            if author is Author.AGENT:
                await room.settle()
            kept = await room.keep([line(author, body, agent=agent)])
            return kept.messages[0]

    async def _messages(self, *conditions: ColumnElement[bool]) -> list[Message]:
        query = select(messages).where(*conditions).order_by(messages.c.seq)
        async with self._database.read() as tx:
            return [message_of(row) for row in (await tx.execute(query)).mappings()]


def _under(control: Control, *, handoff: Handoff | None = None) -> Values:
    """Returns a conversation's columns once no agent has it."""
    reason = handoff and {"reason": handoff.reason, "facts": dict(handoff.facts)}
    return {"control": control, "agent": None, "handoff": reason}
