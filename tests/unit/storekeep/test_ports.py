"""Where the gateway listens, and how this machine itself gets there."""

import socket

import pytest

from storekeep.errors import PortBusy
from storekeep.ports import check_port, web_address


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),
        ("localhost", "http://127.0.0.1:8080"),
        ("192.0.2.1", "http://192.0.2.1:8080"),
        ("::", "http://[::1]:8080"),
        ("2001:db8::1", "http://[2001:db8::1]:8080"),
    ],
)
def test_every_host_has_an_address_that_works_here(host, address):
    """Also where it means all of this machine's addresses, of either kind."""
    assert web_address(host, 8080) == address


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_busy_port_is_told_and_a_free_one_passes(host):
    """Of either kind of address."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, 0), family=family)
    except OSError:
        pytest.skip(f"this machine has no {host}")
    port = listener.getsockname()[1]
    with pytest.raises(PortBusy, match=str(port)):
        check_port(host, port)
    listener.close()
    check_port(host, port)
