"""Ports of this machine."""

import errno
import socket

from storekeep.errors import PortBusy, SettingsInvalid

LOOPBACK = "127.0.0.1"


def check_port(host: str, port: int) -> None:
    """Makes sure that the gateway will be able to listen.

    Raises:
        PortBusy: another program listens there.
        SettingsInvalid: this machine cannot listen there at all.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortBusy(
                f"Port {port} on {host} is in use by another program: "
                "stop that, or set STOREKEEP_PORT to a free port."
            ) from None
        raise SettingsInvalid(
            f"Cannot listen on {host}, port {port} ({error.strerror}): "
            "change STOREKEEP_HOST or STOREKEEP_PORT."
        ) from None


def web_address(host: str, port: int) -> str:
    """Returns where this machine itself finds what listens on a host and port."""
    own = {"0.0.0.0": LOOPBACK, "localhost": LOOPBACK, "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{own}]:{port}" if ":" in own else f"http://{own}:{port}"


def free_ports(count: int) -> list[int]:
    """Returns ports that nobody listens on at this moment."""
    listeners = [socket.create_server((LOOPBACK, 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports
