"""Whose address counts, with and without proxies in front."""

from ipaddress import ip_network
from unittest.mock import Mock

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from channels.client import client_of
from channels.config import GatewayConfig
from channels.keys import CONFIG


def client(remote: str, *forwarded: str, trusted: tuple[str, ...] = ("10.0.0.0/8", "::1/128")):
    """Returns the client of a request that came from `remote`."""
    app = web.Application()
    app[CONFIG] = GatewayConfig(
        api_key="k", session_secret=b"s" * 32, trusted_proxies=tuple(map(ip_network, trusted))
    )
    headers = [("X-Forwarded-For", each) for each in forwarded]
    transport = Mock()
    transport.get_extra_info.side_effect = {"peername": (remote, 4711)}.get
    request = make_mocked_request("GET", "/", headers=headers, app=app, transport=transport)
    return client_of(request)


def test_without_trusted_proxies_nobody_names_himself() -> None:
    """A header that anybody can send says nothing."""
    assert client("203.0.113.7", "198.51.100.1", trusted=()) == "203.0.113.7"


def test_a_trusted_proxy_names_the_client() -> None:
    """Its own address is that of nobody."""
    assert client("10.0.0.1", "198.51.100.1") == "198.51.100.1"


def test_a_client_cannot_hide_behind_what_it_wrote() -> None:
    """Only the part that trusted proxies added counts, over one header or several."""
    assert client("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.2") == "198.51.100.1"
    assert client("10.0.0.1", "1.2.3.4", "198.51.100.1") == "198.51.100.1"


@pytest.mark.parametrize("nonsense", ["", "unknown", "198.51.100.1:80", "a, b"])
def test_what_is_no_address_counts_as_the_proxy(nonsense) -> None:
    """Whoever comes without a readable address shares one limit."""
    assert client("10.0.0.1", nonsense) == "10.0.0.1"


def test_a_proxy_that_calls_by_itself_is_the_client() -> None:
    """Nobody else is named."""
    assert client("::1") == "::1"


def test_one_ipv6_site_is_one_client() -> None:
    """A network of 64 bits has more addresses than limits could count."""
    assert client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9") == "2001:db8:1:2::/64"


def test_an_ipv4_address_in_ipv6_is_the_same_client() -> None:
    """A gateway that listens on both sees one visitor as one."""
    assert client("::ffff:203.0.113.7") == "203.0.113.7"
