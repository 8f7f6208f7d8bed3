"""The desk's live connection: everything that happens in any conversation, as it happens."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from channels.desk.auth import Session, require_own_page, session_of
from channels.desk.view import snapshot, summary
from channels.errors import GatewayError, Unauthorized
from channels.hub import ControlChanged, Event, MessageKept, Subscription, Typing
from channels.keys import CONVERSATIONS, HUB, WAITING_LINE
from channels.model import Author, Control
from channels.transcript import as_json

LOGGED_OUT = 4401  # close codes from 4000 on are the application's own
READ_AGAIN = 4408

_HEARTBEAT_S = 20
_FRAME_LIMIT = 4096
Sockets = set[tuple[str, web.WebSocketResponse]]  # with the id of the session that each belongs to
SOCKETS: web.AppKey[Sockets] = web.AppKey("desk-sockets")


async def close_all(app: web.Application) -> None:
    """Says good-bye to every desk when the gateway stops: the pages come back by themselves."""
    sockets = app[SOCKETS]
    for _, socket in list(sockets):
        await socket.close(code=WSCloseCode.GOING_AWAY)


async def close(app: web.Application, session: Session) -> None:
    """Closes the sockets of a session that is over."""
    sockets = app[SOCKETS]
    for owner, socket in list(sockets):
        if owner == session.id:
            await socket.close(code=LOGGED_OUT)


async def live(request: web.Request) -> web.WebSocketResponse:
    """Serves GET /desk/ws."""
    require_own_page(request)
    socket = web.WebSocketResponse(heartbeat=_HEARTBEAT_S, max_msg_size=_FRAME_LIMIT)
    await socket.prepare(request)
    try:
        session = await session_of(request)
    except Unauthorized:
        await socket.close(code=LOGGED_OUT)  # a refused handshake would not tell the page why
        return socket
    entry = (session.id, socket)
    request.app[SOCKETS].add(entry)
    try:
        with request.app[WAITING_LINE].presence.at_the_desk(session.agent.login):
            await _serve(request, socket, session)
    finally:
        request.app[SOCKETS].discard(entry)
    return socket


async def _serve(request: web.Request, socket: web.WebSocketResponse, session: Session) -> None:
    with request.app[HUB].subscribe() as events:
        try:
            await socket.send_json(await snapshot(request.app[CONVERSATIONS]))
        except GatewayError:
            await socket.close(code=READ_AGAIN)
            return
        sender = asyncio.create_task(_send(events, socket))
        try:
            async with asyncio.timeout((session.expires_at - datetime.now(UTC)).total_seconds()):
                await _listen(request, socket, session)
        except TimeoutError:
            await socket.close(code=LOGGED_OUT)
        finally:
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)  # nothing is left behind


async def _send(events: Subscription, socket: web.WebSocketResponse) -> None:
    async for event in events:
        if frame := _frame(event):
            await socket.send_json(frame)
    await socket.close(code=READ_AGAIN)


def _frame(event: Event) -> dict[str, Any] | None:
    match event:
        case MessageKept(conversation, message):
            return {
                "type": "message",
                "conversation": conversation,
                "message": as_json(message),
            }
        case ControlChanged(_, now):
            return {"type": "conversation", "conversation": summary(now)}
        case Typing(conversation, Author.CUSTOMER, True):
            return {"type": "typing", "conversation": conversation}
    return None


async def _listen(request: web.Request, socket: web.WebSocketResponse, session: Session) -> None:
    async for frame in socket:
        if frame.type is not WSMsgType.TEXT:
            continue
        match _parse(frame.data):
            case {"type": "ping"}:
                await socket.send_json({"type": "pong"})
            case {"type": "typing", "conversation": str(conversation)} if conversation.isascii():
                await _tell_typing(request, session, conversation)


def _parse(data: str) -> object:
    try:
        return json.loads(data)
    except ValueError:
        return None


async def _tell_typing(request: web.Request, session: Session, conversation: str) -> None:
    try:
        now = await request.app[CONVERSATIONS].conversation(conversation)
    except GatewayError:
        return
    if now.control is Control.AGENT and now.agent == session.agent.name:
        request.app[HUB].publish(Typing(conversation, Author.AGENT, is_typing=True))
