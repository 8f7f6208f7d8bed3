"""The action server as Rasa calls it: one that fails fails the turn."""

import asyncio
from http import HTTPStatus
from typing import Any

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.failure import UNAVAILABLE, TurnFailed

_TIMEOUT_S = 20.0
_READY_TIMEOUT_S = 2.0


class ActionsEndpoint(EndpointConfig):
    """Calls the action server; whatever goes wrong there ends the turn."""

    def __init__(self, url: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        super().__init__(url, headers=headers, enable_selective_domain=True)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Returns the action server's answer.

        Raises:
            ClientResponseError: the action declines to run.
            TurnFailed: there is no answer.
        """
        kwargs["json"].setdefault("domain", {})  # rasa-sdk insists on one, our actions need none
        kwargs["timeout"] = aiohttp.ClientTimeout(total=_TIMEOUT_S)
        try:
            return await super().request(*args, **kwargs)
        except ClientResponseError as error:
            if error.status == HTTPStatus.BAD_REQUEST:
                raise
            raise TurnFailed("action-failed") from error
        except aiohttp.ClientConnectionError as error:
            raise TurnFailed(UNAVAILABLE) from error
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise TurnFailed("action-failed") from error

    async def is_ready(self) -> bool:
        """Tells whether the action server takes calls."""
        try:
            async with (
                self.session() as session,
                session.get(
                    self.url.replace("/webhook", "/health"), timeout=_READY_TIMEOUT_S
                ) as response,
            ):
                return response.status == HTTPStatus.OK
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False
