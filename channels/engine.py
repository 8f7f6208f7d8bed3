"""The dialogue engine behind HTTP: Rasa with our input channel (`bot/channel.py`)."""

from collections.abc import Sequence
from http import HTTPStatus
from types import TracebackType
from typing import Annotated, Literal, Self

import aiohttp
from pydantic import Discriminator, TypeAdapter, ValidationError
from typing_extensions import TypedDict

from bot.contract import Reply, TurnRequest
from channels.errors import EngineUnavailable, TurnFailed

_TURN = "/webhooks/storekeep/turn"
_READY = "/webhooks/storekeep/ready"
_CONNECT_TIMEOUT_S = 3.0
_READY_TIMEOUT_S = 3.0
_AWAY = {401, 404, 503}  # another token, no channel of ours, no actions: no fault of the turn


class _CompleteTurn(TypedDict):
    """`bot.contract.TurnResponse`, each reply checked by its own type."""

    turn_complete: Literal[True]
    message_id: str
    replies: Sequence[Annotated[Reply, Discriminator("type")]]


_COMPLETE_TURN = TypeAdapter(_CompleteTurn)


class RasaEngine:
    """Talks to one Rasa server. Use it as a context: it keeps connections open."""

    def __init__(self, base_url: str, token: str, *, turn_timeout_s: float = 60) -> None:
        self._base_url = base_url
        self._headers = {"Authorization": f"Bearer {token}"}
        self._turn_timeout = aiohttp.ClientTimeout(turn_timeout_s, sock_connect=_CONNECT_TIMEOUT_S)

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(self._base_url, headers=self._headers)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def turn(self, request: TurnRequest) -> list[Reply]:
        """Returns the replies of one complete turn.

        Raises:
            TurnFailed: the engine gave no whole answer, or none in time.
            EngineUnavailable: the engine cannot be reached or has not loaded its model.
        """
        try:
            async with self._session.post(
                _TURN, json=request, timeout=self._turn_timeout
            ) as response:
                status, content = response.status, await response.read()
        except aiohttp.ConnectionTimeoutError as err:
            raise EngineUnavailable("The dialogue engine cannot be reached.") from err
        except TimeoutError as err:
            raise TurnFailed(f"No answer came within {self._turn_timeout.total:g} s.") from err
        except aiohttp.ClientError as err:
            raise EngineUnavailable("The dialogue engine cannot be reached.") from err
        if status in _AWAY:
            raise EngineUnavailable(f"The dialogue engine is not ready: it answered {status}.")
        if status != HTTPStatus.OK:
            raise TurnFailed(f"The dialogue engine answered {status}.")
        return _replies(request, content)

    async def is_ready(self) -> bool:
        """Tells whether a whole turn can be answered, the actions included."""
        timeout = aiohttp.ClientTimeout(_READY_TIMEOUT_S)
        try:
            async with self._session.get(_READY, timeout=timeout) as response:
                return response.status == HTTPStatus.OK
        except (aiohttp.ClientError, TimeoutError):
            return False


def _replies(request: TurnRequest, content: bytes) -> list[Reply]:
    try:
        turn = _COMPLETE_TURN.validate_json(content)
    except ValidationError as err:
        raise TurnFailed("The dialogue engine's answer is not a complete turn.") from err
    if turn["message_id"] != request["message_id"]:
        raise TurnFailed("The dialogue engine answered another message.")
    if not turn["replies"]:
        raise TurnFailed("The dialogue engine had nothing to say.")
    return list(turn["replies"])
