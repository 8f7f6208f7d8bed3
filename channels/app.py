"""The gateway as an aiohttp application."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from channels import probes
from channels.api import routes as api
from channels.config import GatewayConfig
from channels.conversation import Switchboard
from channels.demo import routes as demo
from channels.desk import routes as desk
from channels.dispatcher import Dispatcher
from channels.hub import Hub
from channels.keys import (
    CONFIG,
    CONVERSATIONS,
    DISPATCHER,
    ENDED_SESSIONS,
    ENGINE,
    HUB,
    METRICS,
    RATES,
    SHOP,
    SWITCHBOARD,
    WAITING_LINE,
)
from channels.metrics import Metrics
from channels.middlewares import answer_errors, follow_request, secure_response
from channels.ports import Conversations, DialogueEngine, EndedSessions
from channels.rate import RateLimiter
from channels.waiting import WaitingLine
from channels.widget import routes as widget
from shop.ports import Shop

MAX_BODY = 256 * 1024  # bytes


def build_app(
    config: GatewayConfig,
    *,
    engine: DialogueEngine,
    conversations: Conversations,
    ended_sessions: EndedSessions,
    shop: Shop | None,
) -> web.Application:
    """Returns the gateway; whoever opened the engine and the stores closes them after it."""
    app = web.Application(middlewares=[follow_request, answer_errors], client_max_size=MAX_BODY)
    hub, metrics = Hub(), Metrics()
    line = WaitingLine(conversations, hub, shop.policy.desk.opens if shop else lambda _: None)
    dispatcher = Dispatcher(conversations, engine, hub, metrics, line.presence)
    app[CONFIG] = config
    app[CONVERSATIONS] = conversations
    app[DISPATCHER] = dispatcher
    app[ENDED_SESSIONS] = ended_sessions
    app[ENGINE] = engine
    app[HUB] = hub
    app[METRICS] = metrics
    app[RATES] = RateLimiter()
    app[SHOP] = shop
    app[WAITING_LINE] = line
    app[SWITCHBOARD] = Switchboard(conversations, hub, dispatcher)
    app.on_response_prepare.append(secure_response)
    app.cleanup_ctx.append(_answer_while_running)
    for part in (probes, api, widget, demo, desk):
        part.add_routes(app)
    return app


async def _answer_while_running(app: web.Application) -> AsyncIterator[None]:
    await app[DISPATCHER].resume()
    telling = asyncio.create_task(app[WAITING_LINE].run())
    yield
    telling.cancel()
    await asyncio.gather(telling, return_exceptions=True)
    await app[DISPATCHER].stop()
