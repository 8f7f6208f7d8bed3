"""Conversations in the memory of one process: for tests, and to read what the SQL store must do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.contract import Reply
from channels.clock import Clock, utc_now
from channels.errors import Conflict, ControlLost, UnknownChoice, UnknownConversation
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


@dataclass
class _Entry:
    """A customer's message and how far it has come."""

    inbound: Inbound
    message: Message
    payload: str | None
    state: InboxState = InboxState.PENDING
    tries: int = 0


@dataclass
class _Room:
    """All there is of one conversation."""

    now: Conversation
    messages: list[Message] = field(default_factory=list)
    inbox: dict[str, _Entry] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)

    def pending(self) -> list[_Entry]:
        return [entry for entry in self.inbox.values() if entry.state is InboxState.PENDING]

    def next_pending(self) -> Pending | None:
        if self.now.control is not Control.BOT or not self.pending():
            return None
        entry = self.pending()[0]
        return Pending(
            inbound=entry.inbound,
            channel=self.now.channel,
            version=self.now.version,
            payload=entry.payload,
            tries=entry.tries,
        )

    def after_turn(self, *messages: Message) -> TurnOutcome:
        return TurnOutcome(
            conversation=self.now, messages=messages, next_pending=self.next_pending()
        )

    def settle(self) -> None:
        for entry in self.pending():
            entry.state = InboxState.DONE


class MemoryEndedSessions:
    """Remembers ended sessions of the desk until the process ends."""

    def __init__(self) -> None:
        self._ended: set[str] = set()

    async def end(self, session: str, *, until: datetime) -> None:  # noqa: ARG002
        self._ended.add(session)

    async def is_ended(self, session: str) -> bool:
        return session in self._ended


class MemoryConversations:
    """Keeps everything until the process ends. No method gives way in its middle, so all are atomic."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock
        self._rooms: dict[str, _Room] = {}

    async def receive(self, inbound: Inbound, *, channel: str) -> Received:
        room = self._rooms.get(inbound.conversation) or self._new_room(inbound, channel)
        known = room.inbox.get(inbound.message_id)
        if known:
            if (known.inbound.text, known.inbound.choice) != (inbound.text, inbound.choice):
                raise Conflict("This message id came before with another content.")
            return Received(
                message=known.message, state=known.state, is_new=False, conversation=room.now
            )
        offer = room.offers.get(inbound.choice) if inbound.choice else None
        if inbound.choice and not offer:
            raise UnknownChoice("This choice was not offered in this conversation.")
        self._rooms[inbound.conversation] = room
        reopened = room.now.control is Control.CLOSED
        if reopened:
            self._change(room, to=Control.BOT, agent=None, handoff=None)
        message = self._add(
            room,
            Author.CUSTOMER,
            body_of_inbound(inbound, offer),
            message_id=inbound.message_id,
        )
        room.inbox[inbound.message_id] = entry = _Entry(
            inbound, message, offer.payload if offer else None
        )
        return Received(
            message=message,
            state=entry.state,
            is_new=True,
            conversation=room.now,
            reopened=reopened,
            next_pending=room.next_pending(),
        )

    async def next_pending(self, conversation: str) -> Pending | None:
        room = self._rooms.get(conversation)
        return room.next_pending() if room else None

    async def waiting(self) -> list[str]:
        return [key for key, room in self._rooms.items() if room.next_pending()]

    async def complete(
        self,
        conversation: str,
        message_id: str,
        *,
        version: int,
        replies: Sequence[Reply],
        handoff: Handoff | None,
    ) -> TurnOutcome:
        room = self._room(conversation)
        entry = room.inbox[message_id]
        if room.now.version != version or entry.state is not InboxState.PENDING:
            return room.after_turn()
        entry.state = InboxState.DONE
        added = []
        for reply in replies:
            body, offers = body_of_reply(reply)
            room.offers |= {offer.id: offer for offer in offers}
            added.append(self._add(room, Author.BOT, body, in_reply_to=message_id))
        if handoff:
            self._change(room, to=Control.QUEUE, agent=None, handoff=handoff)
        return room.after_turn(*added)

    async def record_failure(self, conversation: str, message_id: str) -> int:
        entry = self._room(conversation).inbox[message_id]
        entry.tries += 1
        return entry.tries

    async def give_up(
        self, conversation: str, message_id: str, *, version: int, handoff: Handoff, note: str
    ) -> TurnOutcome:
        room = self._room(conversation)
        entry = room.inbox[message_id]
        if room.now.version != version or entry.state is not InboxState.PENDING:
            return room.after_turn()
        entry.state = InboxState.DEAD
        message = self._add(room, Author.SYSTEM, body_of_note(note), in_reply_to=message_id)
        self._change(room, to=Control.QUEUE, agent=None, handoff=handoff)
        return room.after_turn(message)

    async def has(self, conversation: str, message_id: str) -> bool:
        room = self._rooms.get(conversation)
        return room is not None and message_id in room.inbox

    async def replies(self, conversation: str, message_id: str) -> list[Message]:
        return [m for m in await self.messages(conversation) if m.in_reply_to == message_id]

    async def messages(self, conversation: str, *, after: int = 0) -> list[Message]:
        room = self._rooms.get(conversation)
        return [message for message in room.messages if message.seq > after] if room else []

    async def first_words(self, conversations: Sequence[str]) -> dict[str, Message]:
        return self._words(conversations, first=True)

    async def last_words(self, conversations: Sequence[str]) -> dict[str, Message]:
        return self._words(conversations, first=False)

    async def conversation(self, conversation: str) -> Conversation:
        return self._room(conversation).now

    async def in_control(self, *controls: Control) -> list[Conversation]:
        found = [room.now for room in self._rooms.values() if room.now.control in controls]
        return sorted(found, key=lambda now: now.control_since)

    async def recent(self, limit: int) -> list[Conversation]:
        found = [room.now for room in self._rooms.values()]
        return sorted(found, key=lambda now: now.updated_at, reverse=True)[:limit]

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
        room = self._room(conversation, version=version)
        holder = agent if to is Control.AGENT else None
        handoff = room.now.handoff if to is Control.AGENT else None
        self._change(room, to=to, agent=holder, handoff=handoff)
        if to is Control.CLOSED:
            room.settle()
        elif answers is not None:
            room.inbox[answers].state = InboxState.DONE
        body = body_of_note(note)
        message = self._add(room, Author.SYSTEM, body, agent=agent, in_reply_to=answers)
        return Outcome(conversation=room.now, messages=(message,))

    async def say(
        self,
        conversation: str,
        *,
        author: Author,
        version: int,
        body: dict[str, Any],
        agent: str | None = None,
    ) -> Message:
        room = self._room(conversation, version=version)
        if author is Author.AGENT:
            room.settle()
        return self._add(room, author, body, agent=agent)

    def _words(self, conversations: Sequence[str], *, first: bool) -> dict[str, Message]:
        rooms = [self._rooms[name] for name in conversations if name in self._rooms]
        words = [m for room in rooms for m in room.messages if m.author is Author.CUSTOMER]
        return {m.conversation: m for m in (reversed(words) if first else words)}

    def _new_room(self, inbound: Inbound, channel: str) -> _Room:
        now = self._clock()
        return _Room(
            Conversation(
                id=inbound.conversation,
                channel=channel,
                control=Control.BOT,
                version=1,
                agent=None,
                handoff=None,
                created_at=now,
                updated_at=now,
                control_since=now,
            )
        )

    def _room(self, conversation: str, *, version: int | None = None) -> _Room:
        room = self._rooms.get(conversation)
        if not room:
            raise UnknownConversation("There is no such conversation.")
        if version not in (None, room.now.version):
            raise ControlLost("Somebody else took over this conversation in the meantime.")
        return room

    def _change(
        self,
        room: _Room,
        *,
        to: Control,
        agent: str | None,
        handoff: Handoff | Mapping[str, Any] | None,
    ) -> None:
        if isinstance(handoff, Handoff):
            handoff = {"reason": handoff.reason, "facts": dict(handoff.facts)}
        room.now = replace(
            room.now,
            control=to,
            version=room.now.version + 1,
            agent=agent,
            handoff=handoff,
            control_since=self._clock(),
        )

    def _add(
        self, room: _Room, author: Author, body: dict[str, Any], **kept: str | None
    ) -> Message:
        message = Message(
            conversation=room.now.id,
            seq=len(room.messages) + 1,
            author=author,
            type=body["type"],
            body=body,
            at=self._clock(),
            **kept,
        )
        room.messages.append(message)
        room.now = replace(room.now, updated_at=message.at)
        return message
