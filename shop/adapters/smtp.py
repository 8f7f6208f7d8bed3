"""Sends mails through an SMTP server."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal

import structlog
from aiosmtplib import SMTP, SMTPException

from shop.adapters.letters import Letters
from shop.errors import MailUnavailable
from shop.mail import Mail

TIMEOUT_S = 10.0  # for each step: a customer is waiting

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where mails are handed over, and how the way there is kept private."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    user: str | None = None
    password: str | None = None


class SmtpMailer:
    """A mailer that connects for each mail; nothing is sent later or twice."""

    def __init__(self, server: SmtpServer, letters: Letters) -> None:
        self._server = server
        self._letters = letters

    async def send(self, mail: Mail) -> None:
        """Hands the mail over to the server."""
        letter = self._letters.compose(mail)
        async with self._connected(mail.kind) as client:
            await client.send_message(letter)

    async def ping(self) -> None:
        """Connects and logs in as for a mail."""
        async with self._connected("none") as client:
            await client.noop()

    @asynccontextmanager
    async def _connected(self, kind: str) -> AsyncIterator[SMTP]:
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
            timeout=TIMEOUT_S,
        )
        try:
            async with client:
                yield client
        except (SMTPException, OSError) as err:
            # Its text may name the receiver.
            fault = type(err).__name__
            _log.warning("mail-not-sent", kind=kind, server=server.host, fault=fault)
            raise MailUnavailable(
                "the mail server did not take a mail: see the STOREKEEP_SMTP settings"
            ) from err
