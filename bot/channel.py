"""The one way into Rasa: `POST /webhooks/storekeep/turn`, as `bot.contract` describes it.

A turn that a caller no longer waits for is finished all the same, and asked for again by the same
message id it is answered from the dialogue. Anything but `turn_complete: true` is a failed turn.
`GET /webhooks/storekeep/ready` tells whether a whole turn can be answered, the actions included.
"""

import asyncio
import hmac
from typing import Any, Awaitable, Callable, Dict, List, Tuple

import structlog
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.contract import Reply
from bot.failure import UNAVAILABLE, TurnFailed
from bot.free_text import neutralise
from bot.processor import TurnProcessor

NAME = "storekeep"

_Handler = Callable[[Request], Awaitable[HTTPResponse]]

_log = structlog.get_logger(__name__)


class TurnChannel:
    """Takes turns for the gateway, which alone knows the token."""

    def __init__(self, processor: TurnProcessor, token: str) -> None:
        self._processor = processor
        self._authorization = f"Bearer {token}".encode()
        self._running: Dict[Tuple[str, str], "asyncio.Task[List[Reply]]"] = {}

    def blueprint(self) -> Blueprint:
        """Returns the channel's routes."""
        blueprint = Blueprint(NAME, url_prefix=f"/webhooks/{NAME}")
        for method, path, handler in (
            ("GET", "/ready", self._ready),
            ("POST", "/turn", self._turn),
        ):
            blueprint.add_route(self._guarded(handler), path, methods=[method], name=path[1:])
        blueprint.exception(Exception)(_answer_failure)
        return blueprint

    def _guarded(self, handler: _Handler) -> _Handler:
        """Returns a handler that only a caller with the token reaches."""

        async def handle(request: Request) -> HTTPResponse:
            shown = request.headers.get("authorization", "").encode()
            if not hmac.compare_digest(shown, self._authorization):
                return _error(401, "unauthorized")
            return await handler(request)

        return handle

    async def _ready(self, _: Request) -> HTTPResponse:
        if await self._processor.action_endpoint.is_ready():
            return json({"ready": True})
        return _error(503, UNAVAILABLE)

    async def _turn(self, request: Request) -> HTTPResponse:
        message = _message_of(request.json)
        try:
            replies = await asyncio.shield(self._task(message))
        except TurnFailed as failure:
            _log.error(
                "turn-failed",
                code=failure.code,
                cause=repr(failure.__cause__),
                message_id=message.message_id,
            )
            return _error(503 if failure.code == UNAVAILABLE else 500, failure.code)
        return json({"turn_complete": True, "message_id": message.message_id, "replies": replies})

    def _task(self, message: UserMessage) -> "asyncio.Task[List[Reply]]":
        """Returns the message's turn, begun now or by an earlier call that still runs."""
        key = (message.sender_id, message.message_id)
        if key not in self._running:
            task = asyncio.ensure_future(self._processor.answer(message))
            task.add_done_callback(lambda _: self._running.pop(key))
            self._running[key] = task
        return self._running[key]


def _message_of(body: Any) -> UserMessage:
    """Returns the message of a `TurnRequest`, refusing anything else."""
    is_turn = (
        isinstance(body, dict)
        and all(isinstance(body.get(name), str) for name in ("conversation", "message_id"))
        and len({"text", "payload"} & body.keys()) == 1
        and isinstance(body.get("text", ""), str)
        and str(body.get("payload", "/")).startswith("/")
        and isinstance(body.get("metadata", {}), dict)
    )
    if not is_turn:
        raise SanicException("malformed", status_code=400)
    return UserMessage(
        text=body["payload"] if "payload" in body else neutralise(body["text"]),
        sender_id=body["conversation"],
        message_id=body["message_id"],
        input_channel=NAME,
        metadata=body.get("metadata", {}),
    )


async def _answer_failure(request: Request, error: Exception) -> HTTPResponse:
    if isinstance(error, SanicException):
        return _error(error.status_code, "malformed")
    _log.exception("turn-crashed", exc_info=error)
    return _error(500, "turn-crashed")


def _error(status: int, code: str) -> HTTPResponse:
    return json({"error": {"code": code}}, status=status)
