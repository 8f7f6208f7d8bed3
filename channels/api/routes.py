"""The calls of the HTTP API. A shop's own system makes them; whoever has the key is trusted.

Conversations of the API have a name space of their own: no id that a caller chooses reaches a
conversation of the widget or of another channel.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from channels.api.access import admit
from channels.api.openapi import describe_api
from channels.api.schema import NewMessage, reason
from channels.errors import BadRequest, EngineUnavailable
from channels.hub import ControlChanged, Event, TurnEnded
from channels.keys import (
    CONFIG,
    CONVERSATIONS,
    DISPATCHER,
    HUB,
    RATES,
    REQUEST_ID,
    SWITCHBOARD,
    WAITING_LINE,
)
from channels.login import log_in, log_out
from channels.model import Control, Conversation, Inbound, InboxState, Outcome, Received
from channels.transcript import as_json

CHANNEL = "api"

_MAX_SEQ = 2**53


def add_routes(app: web.Application) -> None:
    """Adds the calls under /api/v1."""
    app.router.add_post("/api/v1/messages", post_message)
    app.router.add_get("/api/v1/conversations/{conversation}/messages", get_messages)
    app.router.add_post("/api/v1/conversations/{conversation}/leave-queue", leave_queue)
    app.router.add_get("/api/v1/openapi.json", get_description)


async def post_message(request: web.Request) -> web.Response:
    """Keeps a customer's message and answers with what the bot says, if it does so in time."""
    admit(request)
    message = await _read(request)
    conversation = _inner(message.conversation)
    request.app[RATES].spend(conversation, request.app[CONFIG].conversation_rate)
    if "customer_token" in message.model_fields_set:
        await _identify(request.app, conversation, message)
    inbound = Inbound(
        conversation=conversation,
        message_id=message.message_id,
        text=message.text if "text" in message.model_fields_set else None,
        choice=message.choice if "choice" in message.model_fields_set else None,
        request_id=request[REQUEST_ID],
    )

    with request.app[HUB].subscribe(conversation) as events:
        received = await request.app[SWITCHBOARD].receive(inbound, channel=CHANNEL)
        is_open = _is_open(received)
        end = await _end(aiter(events), inbound, wait_s=message.wait_s) if is_open else None
    is_complete = not is_open or end is not None
    if not is_complete and request.app[DISPATCHER].is_stalled(conversation):
        raise EngineUnavailable(
            "The assistant cannot answer right now. The message is kept and will be answered."
        )
    outcome = end.outcome if isinstance(end, TurnEnded) else await _outcome(request, inbound)
    content = {
        **await _standing(request, message.conversation, outcome.conversation),
        "message_id": message.message_id,
        "complete": is_complete,
        "replies": [as_json(reply) for reply in outcome.messages],
    }
    return web.json_response(content, status=200 if is_complete else 202)


async def get_messages(request: web.Request) -> web.Response:
    """Answers with the transcript after a sequence number."""
    admit(request)
    conversation = await request.app[CONVERSATIONS].conversation(
        _inner(request.match_info["conversation"])
    )
    messages = await request.app[CONVERSATIONS].messages(conversation.id, after=_after(request))
    standing = await _standing(request, request.match_info["conversation"], conversation)
    shown = [as_json(message) for message in messages]
    return web.json_response({**standing, "messages": shown})


async def leave_queue(request: web.Request) -> web.Response:
    """Gives a customer who does not want to wait for a person back to the bot."""
    admit(request)
    conversation = _inner(request.match_info["conversation"])
    request.app[RATES].spend(conversation, request.app[CONFIG].conversation_rate)
    now = await request.app[SWITCHBOARD].leave_queue(conversation)
    return web.json_response(await _standing(request, request.match_info["conversation"], now))


async def get_description(_: web.Request) -> web.Response:
    """Answers with the OpenAPI description of these calls."""
    return web.json_response(describe_api())


async def _identify(app: web.Application, conversation: str, message: NewMessage) -> None:
    """Logs the customer in or out, before the message is kept: it is never answered as somebody else's.

    A message that came before changes nothing.
    """
    if await app[CONVERSATIONS].has(conversation, message.message_id):
        return
    if message.customer_token is None:
        await log_out(app, conversation)
    else:
        await log_in(app, conversation, message.customer_token)


async def _read(request: web.Request) -> NewMessage:
    if request.content_type != "application/json":
        raise BadRequest("Send JSON: Content-Type: application/json.")
    try:
        return NewMessage.model_validate_json(await request.read())
    except ValidationError as err:
        problems = err.errors(include_url=False, include_context=False, include_input=False)
        raise BadRequest("; ".join(reason(dict(problem)) for problem in problems)) from err


def _after(request: web.Request) -> int:
    given = request.query.get("after", "0")
    if not (given.isascii() and given.isdecimal() and int(given[:20]) <= _MAX_SEQ):
        raise BadRequest("after: send the seq of a message, a whole number.")
    return int(given)


def _inner(conversation: str) -> str:
    return f"{CHANNEL}.{conversation}"


def _is_open(received: Received) -> bool:
    is_pending = received.state is InboxState.PENDING
    return is_pending and received.conversation.control is Control.BOT


async def _end(events: AsyncIterator[Event], inbound: Inbound, *, wait_s: float) -> Event | None:
    """Returns what ends the bot's turn, or takes it from the bot, if it comes in time."""
    try:
        async with asyncio.timeout(wait_s):
            async for event in events:
                match event:
                    case TurnEnded(message_id=inbound.message_id):
                        return event
                    case ControlChanged(now=now) if now.control is not Control.BOT:
                        return event
    except TimeoutError:
        pass
    return None


async def _outcome(request: web.Request, inbound: Inbound) -> Outcome:
    conversations = request.app[CONVERSATIONS]
    return Outcome(
        conversation=await conversations.conversation(inbound.conversation),
        messages=tuple(await conversations.replies(inbound.conversation, inbound.message_id)),
    )


async def _standing(request: web.Request, name: str, now: Conversation) -> dict[str, Any]:
    """Returns who answers the customer now and, while they wait, where they stand."""
    queue = await request.app[WAITING_LINE].standing(now)
    return {
        "conversation": name,
        "control": now.control.value,
        "agent": now.agent,
        "queue": queue and queue.as_json(),
    }
