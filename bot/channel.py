"""The one way into Rasa: `POST /webhooks/storekeep/turn`, as `bot.contract` describes it.

`GET /webhooks/storekeep/ready` tells whether a whole turn can be answered, the actions included. A turn that a caller no longer waits for is finished all the same, and asked for again by the same
message id it is answered from the dialogue. Anything but `turn_complete: true` is a failed turn.
"""

import asyncio
import hmac
from functools import partial
from typing import Any, Dict, List, Tuple

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
            # Sanic marks its handlers, which bound methods do not allow
            blueprint.add_route(partial(handler), path, methods=[method], name=handler.__name__)
        blueprint.on_request(self._authenticate)
        blueprint.exception(Exception)(_answer_failure)
        return blueprint

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

    async def _authenticate(self, request: Request) -> None:
        shown = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(shown, self._authorization):
            raise SanicException("unauthorized", status_code=401)


def _message_of(body: Any) -> UserMessage:
    try:
        payload, text = body.get("payload"), body.get("text")
        if (payload is None) == (text is None) or not str(payload or "/").startswith("/"):
            raise SanicException("malformed", status_code=400)
        return UserMessage(
            text=payload if text is None else neutralise(text),
            sender_id=body["conversation"],
            message_id=body["message_id"],
            input_channel=NAME,
            metadata=body.get("metadata", {}),
        )
    except (AttributeError, KeyError, TypeError):
        raise SanicException("malformed", status_code=400) from None


async def _answer_failure(request: Request, error: Exception) -> HTTPResponse:
    if isinstance(error, SanicException):
        code = {400: "malformed", 401: "unauthorized"}.get(error.status_code, "refused")
        return _error(error.status_code, code)
    _log.exception("turn-crashed", exc_info=error)
    return _error(500, "turn-crashed")


def _error(status: int, code: str) -> HTTPResponse:
    return json({"error": {"code": code}}, status=status)
