"""What happens to every request and response: a request id, one shape of errors, safe headers."""

import re
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from uuid import uuid4

import structlog
from aiohttp import hdrs, web

from channels.errors import GatewayError, RateLimited, TooLarge
from channels.keys import METRICS, REQUEST_ID

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PROBES = {"/healthz", "/readyz", "/metrics"}  # asked all the time, so not worth a line each

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

log = structlog.get_logger()


@web.middleware
async def follow_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Gives the request an id, the caller's own if it has one, and writes one line about it."""
    given = request.headers.get("X-Request-Id", "")
    request_id = given if _REQUEST_ID.fullmatch(given) else uuid4().hex
    request[REQUEST_ID] = request_id
    started = time.monotonic()
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        response = await handler(request)
        route = _route(request)
        method = request.method if request.method in hdrs.METH_ALL else "other"
        request.app[METRICS].requests.labels(method, route, response.status).inc()
        note = log.debug if route in PROBES else log.info
        note(
            "request-answered",
            method=method,
            route=route,
            status=response.status,
            ms=round((time.monotonic() - started) * 1000),
        )
    return response


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns whatever goes wrong into `{"error": {"code", "message", "request_id"}}`."""
    try:
        return await handler(request)
    except GatewayError as error:
        return _error(request, error.status, error.code, str(error), _headers(error))
    except web.HTTPRequestEntityTooLarge:
        return _error(request, 413, TooLarge.code, "The request is too large.", {})
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        phrase = HTTPStatus(error.status).phrase
        headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        code = phrase.lower().replace(" ", "-")
        return _error(
            request, error.status, code, f"{phrase}: {request.method} {request.path}", headers
        )
    except Exception:
        log.exception("request-broke")
        return _error(request, 500, "internal", "Something went wrong here. Please try again.", {})


async def secure_response(request: web.Request, response: web.StreamResponse) -> None:
    """Adds the headers that keep browsers safe, where a page has not set its own."""
    headers = response.headers
    headers["X-Request-Id"] = request.get(REQUEST_ID, "")
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
    if response.content_type == "text/html":
        headers.setdefault("Content-Security-Policy", _PAGE_POLICY)


def _error(
    request: web.Request, status: int, code: str, message: str, headers: dict[str, str]
) -> web.Response:
    error = {"code": code, "message": message, "request_id": request[REQUEST_ID]}
    return web.json_response({"error": error}, status=status, headers=headers)


def _headers(error: GatewayError) -> dict[str, str]:
    if isinstance(error, RateLimited):
        return {"Retry-After": str(error.retry_after_s)}
    if error.status == HTTPStatus.UNAUTHORIZED:
        return {"WWW-Authenticate": "Bearer"}
    return {}


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"
