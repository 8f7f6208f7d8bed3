"""Turns a mail into a letter: the text of its kind, from a file, with its facts filled in.

The first line of a text is the subject, the rest after a blank line is the body; "$name" is a fact.
"""

from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from string import Template

from shop.mail import Mail

LETTERS = Path(__file__).resolve().parents[2] / "data" / "mails"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The texts in a folder, one file for each kind of mail."""

    sender: str  # "Larkfield <service@shop.example>"
    folder: Path = LETTERS

    def compose(self, mail: Mail) -> EmailMessage:
        """Returns the letter, ready to be sent."""
        text = (self.folder / f"{mail.kind}.txt").read_text(encoding="utf-8")
        subject, body = Template(text).substitute(mail.facts).split("\n\n", 1)
        letter = EmailMessage()
        letter["From"] = self.sender
        letter["To"] = mail.to
        letter["Subject"] = " ".join(subject.split())
        letter["Date"] = formatdate()
        letter["Message-ID"] = make_msgid(domain="storekeep.invalid")
        letter["Auto-Submitted"] = "auto-generated"  # answering machines stay silent
        letter.set_content(body)
        return letter
