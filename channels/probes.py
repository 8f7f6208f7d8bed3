"""What a supervisor asks the gateway: does it live, can it answer, how much has it done."""

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from channels.api.access import has_key
from channels.errors import EngineUnavailable, Unauthorized
from channels.here import is_from_here
from channels.keys import CONVERSATIONS, ENGINE, METRICS


def add_routes(app: web.Application) -> None:
    """Adds /healthz, /readyz and /metrics."""
    app.router.add_get("/healthz", tell_health)
    app.router.add_get("/readyz", tell_readiness)
    app.router.add_get("/metrics", tell_metrics)


async def tell_health(_: web.Request) -> web.Response:
    """Says that the gateway lives."""
    return web.json_response({"status": "ok"})


async def tell_readiness(request: web.Request) -> web.Response:
    """Says that a whole turn can be answered: messages are kept, the engine and its actions run.

    Raises:
        EngineUnavailable: the engine or its actions do not answer.
        StoreUnavailable: messages cannot be kept.
    """
    await request.app[CONVERSATIONS].recent(1)
    if not await request.app[ENGINE].is_ready():
        raise EngineUnavailable("The dialogue engine is not ready.")
    return web.json_response({"status": "ready"})


async def tell_metrics(request: web.Request) -> web.Response:
    """Shows the metrics to this machine, and to whoever has the API key.

    Raises:
        Unauthorized: the request comes from elsewhere, or through a proxy, without the key.
    """
    if not (is_from_here(request) or has_key(request)):
        raise Unauthorized("Metrics need the API key.")
    content = generate_latest(request.app[METRICS].registry)
    return web.Response(body=content, headers={"Content-Type": CONTENT_TYPE_LATEST})
