"""What the shop has to write to a customer, and the port through which it is sent.

The wording is not here: an adapter finds the text of a kind of mail and fills in its facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail of one kind, such as "one-time-code", with the facts that its text names."""

    kind: str
    to: str
    facts: Mapping[str, str]


class Mailer(Protocol):
    """Sends mails. Never called within a transaction: a slow mail server holds up nobody else."""

    async def send(self, mail: Mail) -> None:
        """Hands the mail over to whoever delivers it.

        Raises:
            MailUnavailable: it was not taken.
        """
        ...

    async def ping(self) -> None:
        """Takes the way that a mail would take, up to where its receiver is named.

        Raises:
            MailUnavailable: a mail would not be taken.
        """
        ...
