"""Runs the actions for Rasa on 127.0.0.1, and nobody else: a caller has to show the inner secret."""

import gc
import hmac
import warnings
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import structlog
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.exceptions import SanicException, Unauthorized
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json

import actions
from actions.resolve import Meaning
from actions.services import Services
from actions.wording import Wording
from bot.parse import Parser
from knowledge.catalogue import CatalogueIndex
from knowledge.encoder import Encoder
from knowledge.policies import PolicyIndex
from shop.adapters.simulated_carriers import SimulatedCarriers
from storekeep.artefacts import DIALOGUE_MODEL, ENCODER, POLICIES, UNDERSTANDING
from storekeep.home import Home
from storekeep.logs import configure
from storekeep.mail import open_mailer
from storekeep.records import open_shop
from storekeep.settings import ROOT, Links, Settings

DOMAIN = ROOT / "bot" / "domain"

_log = structlog.get_logger()


def serve(settings: Settings, links: Links, port: int) -> None:
    """Serves until the process is told to end."""
    configure(settings.log_level)
    # of a Rasa of another version, which tests/contracts/test_rasa_sdk.py shows to work
    warnings.filterwarnings("ignore", category=UserWarning, module="rasa_sdk")
    app = build_app(settings, links.rasa_token.get_secret_value())
    app.run(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)


def build_app(settings: Settings, token: str) -> Sanic[Any, Any]:
    """Returns rasa-sdk's server with our actions in it."""
    executor = ActionExecutor()
    app = create_app(executor, cors_origins=[])
    app.error_handler = _DiscreetErrorHandler()
    resources = AsyncExitStack()

    async def open_resources(_: Sanic[Any, Any]) -> None:
        for action in actions.build(await _services(settings, resources)):
            executor.register_action(action)
        gc.collect()
        gc.freeze()  # what was loaded stays: never look through it again

    async def close_resources(_: Sanic[Any, Any]) -> None:
        await resources.aclose()

    async def authenticate(request: Request) -> None:
        shown = request.headers.get("authorization", "").encode()
        if request.path != "/health" and not hmac.compare_digest(shown, f"Bearer {token}".encode()):
            raise Unauthorized

    app.register_listener(open_resources, "before_server_start")
    app.register_listener(close_resources, "after_server_stop")
    app.register_middleware(authenticate, "request")
    return app


async def _services(settings: Settings, resources: AsyncExitStack) -> Services:
    encoder = Encoder.load(ENCODER)
    shop = await resources.enter_async_context(open_shop(settings))
    return Services(
        shop=shop,
        catalogue=CatalogueIndex.open(Home(settings.home).index, encoder),
        policies=PolicyIndex.open(POLICIES, encoder),
        clock=_now,
        wording=Wording.load(DOMAIN),
        understanding=Parser.load(DIALOGUE_MODEL, Encoder.load(UNDERSTANDING)),
        meaning=Meaning(encoder),
        mailer=open_mailer(settings),
        carriers=SimulatedCarriers(shop.delivery, _now),
        secret=Home(settings.home).secrets().session_secret.encode(),
    )


def _now() -> datetime:
    return datetime.now(UTC)


class _DiscreetErrorHandler(ErrorHandler):
    """Replaces rasa-sdk's handler, which answers with the whole request: the customer's dialogue."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:  # noqa: ARG002
        """Logs what went wrong and answers with no more than that something did."""
        if isinstance(exception, SanicException):
            return _error(exception.status_code, "refused")
        _log.error("action-server-failed", exc_info=exception)
        return _error(500, "internal")


def _error(status: int, code: str) -> HTTPResponse:
    body: dict[str, Any] = {"error": {"code": code}}
    return json(body, status=status)
