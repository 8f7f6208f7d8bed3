"""Who calls: the client's address, seen through the proxies that the shop trusts."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from aiohttp import web

from channels.keys import CONFIG

_SITE_BITS = 64  # of an IPv6 address: what a network gives to one site


def client_of(request: web.Request) -> str:
    """Returns what limits and logs tell clients apart by: an IPv4 address, or an IPv6 site.

    Each trusted proxy adds to X-Forwarded-For whom it heard. Read from the end, the first that is no
    trusted proxy is the client; whatever stands before was written by the client itself.
    """
    client = _address(request.remote)
    heard = ",".join(request.headers.getall("X-Forwarded-For", [])).split(",")
    while client and heard and _is_trusted(request, client):
        before = _address(heard.pop())
        if before is None:
            break
        client = before
    return _site(client) if client else "unknown"


def _is_trusted(request: web.Request, address: IPv4Address | IPv6Address) -> bool:
    return any(address in network for network in request.app[CONFIG].trusted_proxies)


def _address(text: str | None) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address((text or "").strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _site(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address) or address.is_loopback:
        return str(address)
    return str(IPv6Network((int(address), _SITE_BITS), strict=False))
