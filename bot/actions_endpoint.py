"""The action server as Rasa calls it: one that fails fails the turn."""

import asyncio
from http import HTTPStatus
from typing import Any, Dict, Optional

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.failure import UNAVAILABLE, TurnFailed

_TIMEOUT = aiohttp.ClientTimeout(total=20.0)
_READY_TIMEOUT = aiohttp.ClientTimeout(total=2.0)


class ActionsEndpoint(EndpointConfig):
    """Calls the action server over connections that stay open; what goes wrong ends the turn."""

    def __init__(self, url: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"}
        super().__init__(url, headers=headers, enable_selective_domain=True)
        self._http: Optional[aiohttp.ClientSession] = None

    async def request(self, json: Dict[str, Any], **_: Any) -> Any:
        """Returns the action server's answer.

        Raises:
            ClientResponseError: the action declines to run.
            TurnFailed: there is no answer.
        """
        body = {"domain": {}, **json}  # rasa-sdk insists on a domain, our actions need none
        try:
            async with self._session().post(self.url, json=body) as response:
                if response.status == HTTPStatus.OK:
                    return await response.json()
                if response.status != HTTPStatus.BAD_REQUEST:
                    response.raise_for_status()
                raise ClientResponseError(
                    response.status, response.reason, await response.content.read()
                )
        except aiohttp.ClientConnectionError as error:
            raise TurnFailed(UNAVAILABLE) from error
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise TurnFailed("action-failed") from error

    async def is_ready(self) -> bool:
        """Tells whether the action server takes calls."""
        url = self.url.replace("/webhook", "/health")
        try:
            async with self._session().get(url, timeout=_READY_TIMEOUT) as response:
                return response.status == HTTPStatus.OK
        except (aiohttp.ClientError, asyncio.TimeoutError):
            return False

    async def close(self) -> None:
        """Closes the connections."""
        if self._http is not None:
            await self._http.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:  # only now, because it belongs to the loop that runs
            self._http = aiohttp.ClientSession(headers=self.headers, timeout=_TIMEOUT)
        return self._http
