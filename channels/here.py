"""Which requests come from this machine itself."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from aiohttp import web

_NAMES = frozenset({"127.0.0.1", "::1", "localhost"})
_PASSED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def is_from_here(request: web.Request) -> bool:
    """Tells whether a request comes from this machine, by a name of its own and not visibly passed on.

    A proxy on this machine that adds no header looks the same: what opens an account needs more.
    """
    name = urlsplit(f"//{request.host}").hostname or ""  # another name may lead here by its DNS
    is_passed_on = any(header in request.headers for header in _PASSED_ON)
    is_near = request.remote is not None and ip_address(request.remote).is_loopback
    return is_near and name in _NAMES and not is_passed_on
