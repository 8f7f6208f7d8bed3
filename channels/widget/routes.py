"""Where browsers find the widget: its scripts for any page, its WebSocket for the shop's own pages."""

from asyncio import gather
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from channels.client import client_of
from channels.errors import BadRequest, Forbidden, GatewayError
from channels.keys import CONFIG, RATES
from channels.widget.frames import MAX_BYTES, Hello, parse
from channels.widget.visit import Visit

HEARTBEAT_S = 25.0
HELLO_WITHIN_S = 5.0
NO_HELLO = 4001  # close code

_SCRIPTS = Path(__file__).parent / "static"
_SOCKETS: Final[web.AppKey[set[web.WebSocketResponse]]] = web.AppKey("widget_sockets")

log = structlog.get_logger()


def add_routes(app: web.Application) -> None:
    """Adds the widget to the gateway."""
    app[_SOCKETS] = set()
    app.on_shutdown.append(_hang_up)
    app.router.add_get("/widget/ws", talk)
    app.router.add_get("/widget/{script:[a-z]+\\.js}", script)


async def script(request: web.Request) -> web.FileResponse:
    """Serves one of the widget's modules to any page: modules are fetched under CORS."""
    path = _SCRIPTS / request.match_info["script"]
    if not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(
        path,
        headers={
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Cache-Control": "no-cache",  # asked for anew, answered by 304
        },
    )


async def talk(request: web.Request) -> web.WebSocketResponse:
    """Connects a browser tab to its conversation."""
    _require_allowed_origin(request)
    client = client_of(request)
    request.app[RATES].spend(f"widget-client:{client}", request.app[CONFIG].client_rate)
    # Without compression no small frame grows into a large one.
    socket = web.WebSocketResponse(max_msg_size=MAX_BYTES, heartbeat=HEARTBEAT_S, compress=False)
    await socket.prepare(request)
    request.app[_SOCKETS].add(socket)
    try:
        if hello := await _hello(socket):
            await Visit(request.app, socket, hello, client=client).run()
    except* ConnectionResetError:
        pass  # the browser is gone; what it missed is kept
    except* GatewayError as errors:
        log.warning(
            "widget-hung-up", codes=[getattr(each, "code", "") for each in errors.exceptions]
        )
        await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)
    finally:
        request.app[_SOCKETS].discard(socket)
    return socket


async def _hello(socket: web.WebSocketResponse) -> Hello | None:
    try:
        frame = await socket.receive(timeout=HELLO_WITHIN_S)
        hello = parse(frame.data) if frame.type is WSMsgType.TEXT else None
    except (TimeoutError, BadRequest):
        hello = None
    if not isinstance(hello, Hello):
        await socket.close(code=NO_HELLO, message=b"The first frame must be a hello.")
        return None
    return hello


def _require_allowed_origin(request: web.Request) -> None:
    """Refuses pages of other sites.

    Raises:
        Forbidden: the origin is neither the gateway's own nor one that the shop allowed.
    """
    origin = request.headers.get("Origin", "")
    is_own = urlsplit(origin).netloc == request.host  # a proxy may end TLS: the scheme says nothing
    if not is_own and origin not in request.app[CONFIG].allowed_origins:
        raise Forbidden(
            "The chat is not allowed on this page: add its origin to the allowed origins."
        )


async def _hang_up(app: web.Application) -> None:
    goodbyes = (socket.close(code=WSCloseCode.GOING_AWAY) for socket in app[_SOCKETS].copy())
    await gather(*goodbyes, return_exceptions=True)
