"""Keeps mails in a folder instead of sending them, for a shop that only runs on this machine.

The folder is a maildir: any mail program can read it too.
"""

import asyncio
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from mailbox import Maildir
from pathlib import Path

from shop.adapters.letters import Letters
from shop.errors import MailUnavailable
from shop.mail import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """A mail as its receiver would read it."""

    at: datetime
    to: str
    subject: str
    text: str


class Outbox:
    """A mailer whose mails stay here."""

    def __init__(self, folder: Path, letters: Letters) -> None:
        self._folder = folder
        self._letters = letters

    async def send(self, mail: Mail) -> None:
        """Keeps the mail, whole or not at all."""
        letter = self._letters.compose(mail)
        try:
            await asyncio.to_thread(lambda: Maildir(self._folder).add(letter))
        except OSError as err:
            raise MailUnavailable(
                "a mail cannot be kept: see that the home can be written"
            ) from err

    async def ping(self) -> None:
        """Needs no way to anywhere."""


def latest(folder: Path, count: int) -> list[KeptMail]:
    """Returns the mails that were kept last in a folder, the latest first."""
    paths = sorted((folder / "new").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    return [_read(path) for path in reversed(paths[-count:])]


def _read(path: Path) -> KeptMail:
    letter = message_from_bytes(path.read_bytes(), policy=email.policy.default)
    return KeptMail(
        at=parsedate_to_datetime(letter["Date"]),
        to=letter["To"],
        subject=letter["Subject"],
        text=letter.get_content(),
    )
