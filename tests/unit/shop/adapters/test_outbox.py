"""Without a mail server, mails are kept here and can be read."""

from dataclasses import replace
from pathlib import Path

import pytest

from shop.adapters.letters import LETTERS, Letters
from shop.adapters.outbox import Outbox, latest
from shop.errors import MailUnavailable
from shop.mail import Mail

MAIL = Mail(
    kind="one-time-code",
    to="ada@example.com",
    facts={"name": "Zoë $code", "code": "012345", "minutes": "10"},
)


def outbox(folder: Path) -> Outbox:
    """Returns an outbox with the shop's own texts."""
    return Outbox(folder, Letters(sender="shop@localhost"))


async def test_a_mail_is_kept_as_its_receiver_would_read_it(tmp_path: Path):
    """The latest comes first; a fact is not read as a text."""
    box = outbox(tmp_path / "mails")
    await box.ping()
    assert latest(tmp_path / "mails", 9) == []
    await box.send(replace(MAIL, to="bob@example.com"))
    await box.send(MAIL)
    last, first = latest(tmp_path / "mails", 9)
    assert (last.to, last.subject, first.to) == (
        "ada@example.com",
        "Your code: 012345",
        "bob@example.com",
    )
    assert last.text.startswith("Hello Zoë $code,\n")
    assert len(latest(tmp_path / "mails", 1)) == 1


async def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    """A mail that is not kept is not said to be sent."""
    (tmp_path / "mails").write_text("a file")
    with pytest.raises(MailUnavailable):
        await outbox(tmp_path / "mails").send(MAIL)


@pytest.mark.parametrize("path", list(LETTERS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_text_has_a_subject_and_a_body(path: Path):
    """One line, a blank one, then the rest."""
    subject, blank, body = path.read_text(encoding="utf-8").split("\n", 2)
    assert subject.strip()
    assert not blank
    assert body.strip()
