"""Who may use the HTTP API: whoever has the key."""

import hmac

from aiohttp import web

from channels.client import client_of
from channels.errors import Unauthorized
from channels.keys import CONFIG, RATES


def has_key(request: web.Request) -> bool:
    """Tells whether the request carries the API key, in constant time."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    key = request.app[CONFIG].api_key
    is_same = hmac.compare_digest(given.strip().encode("utf-8", "surrogateescape"), key.encode())
    return scheme.lower() == "bearer" and is_same


def admit(request: web.Request) -> None:
    """Lets a request with the key pass, at the pace of one client.

    Raises:
        Unauthorized: the key is missing or wrong; nothing is spent, as others may share the address.
        RateLimited: too many requests came from this address.
    """
    if not has_key(request):
        raise Unauthorized("Send the API key: Authorization: Bearer <key>.")
    request.app[RATES].spend(f"api-client:{client_of(request)}", request.app[CONFIG].client_rate)
