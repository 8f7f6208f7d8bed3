"""The action server as Rasa calls it: one that fails fails the turn."""

import asyncio
from typing import Any

import aiohttp
import structlog
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.failure import TurnFailed

_TIMEOUT_S = 20.0
_REJECTED = 400  # the action declines to run, and Rasa asks its policies again

_log = structlog.get_logger(__name__)


class ActionsEndpoint(EndpointConfig):
    """Calls the action server; whatever goes wrong there ends the turn."""

    def __init__(self, url: str) -> None:
        super().__init__(url, selective_domain=True)

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """Returns the action server's answer.

        Raises:
            ClientResponseError: the action declines to run.
            TurnFailed: there is no answer.
        """
        kwargs["timeout"] = aiohttp.ClientTimeout(total=_TIMEOUT_S)
        try:
            return await super().request(*args, **kwargs)
        except ClientResponseError as error:
            if error.status == _REJECTED:
                raise
            _log.error("actions-answered-badly", status=error.status)
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError) as error:
            _log.error("actions-unreachable", error=type(error).__name__)
        raise TurnFailed("action-failed")
