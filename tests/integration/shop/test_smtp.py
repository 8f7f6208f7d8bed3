"""Mails reach a real SMTP server, on a private way and with a login, or are refused clearly."""

import datetime as dt
import ssl
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address

import pytest
import structlog
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shop.adapters.letters import Letters
from shop.adapters.memory import MemoryShop
from shop.adapters.smtp import SmtpMailer, SmtpServer
from shop.codes import confirm_code, request_code
from shop.errors import MailUnavailable
from shop.mail import Mail
from storekeep.ports import free_ports

pytestmark = pytest.mark.integration

MAIL = Mail(
    kind="one-time-code",
    to="ada@example.com",
    facts={"name": "Ada", "code": "012345", "minutes": "10"},
)


class Received:
    """What the server took; it refuses receivers of one domain."""

    def __init__(self):
        self.letters = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        """Refuses some."""
        if address.endswith("@refused.example"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Keeps the letter."""
        letter = message_from_bytes(envelope.content, policy=default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"


@pytest.fixture
def received():
    return Received()


@pytest.fixture
def server(received):
    """A server without TLS on a free port of this machine."""
    controller = Controller(received, hostname="127.0.0.1", port=free_ports(1)[0])
    controller.start()
    port = controller.port
    yield SmtpServer(host="127.0.0.1", port=port, security="none")
    controller.stop()


def mailer(server):
    return SmtpMailer(server, Letters(sender="Larkfield <service@shop.example>"))


async def test_a_mail_arrives_with_its_facts(server, received):
    """Receiver, sender, subject and body are those of the text of its kind."""
    await mailer(server).send(MAIL)
    ((receivers, letter),) = received.letters
    assert receivers == ["ada@example.com"]
    assert letter["From"] == "Larkfield <service@shop.example>"
    assert letter["To"] == "ada@example.com"
    assert letter["Subject"] == "Your code: 012345"
    assert (
        "Hello Ada,\n\nyour code is 012345. It holds for 10 minutes."
        in letter.get_content().replace("\r", "")
    )


async def test_a_ping_sends_nothing(server, received):
    """It takes the same way, without a mail."""
    await mailer(server).ping()
    assert received.letters == []


@pytest.mark.parametrize("go", [lambda it: it.send(MAIL), lambda it: it.ping()])
async def test_a_server_that_is_away_is_told(server, go):
    """The error names the settings; nobody's address is in the log."""
    away = mailer(replace(server, port=1))
    with structlog.testing.capture_logs() as logs, pytest.raises(MailUnavailable, match="SMTP"):
        await go(away)
    (line,) = logs
    assert line["event"] == "mail-not-sent"
    assert "ada" not in str(logs)


async def test_a_receiver_that_is_refused_is_told_without_naming_them(server):
    """The server's answer holds the address; the log line and the error do not."""
    mail = replace(MAIL, to="ada@refused.example")
    with structlog.testing.capture_logs() as logs, pytest.raises(MailUnavailable) as raised:
        await mailer(server).send(mail)
    assert "ada" not in f"{logs} {raised.value}"


async def test_a_server_without_tls_gets_no_mail_where_it_is_required(server, received):
    """A way that is not private is not taken."""
    with pytest.raises(MailUnavailable):
        await mailer(replace(server, security="starttls")).send(MAIL)
    assert received.letters == []


async def test_a_line_break_in_an_address_writes_no_header(server, received):
    """An address that would add a receiver is refused before anything is sent."""
    with pytest.raises(ValueError, match="line"):
        await mailer(server).send(replace(MAIL, to="ada@example.com\nBcc: eve@example.com"))
    assert received.letters == []


@pytest.fixture
def certificate(tmp_path):
    """A certificate of our own for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(minutes=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    path = tmp_path / "server.pem"
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(signed.public_bytes(pem) + private)
    return path


@pytest.fixture
def guarded(received, certificate):
    """A server that takes mails after STARTTLS and a login only."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)

    def authenticate(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"shop", b"secret"))

    controller = Controller(
        received,
        hostname="127.0.0.1",
        port=free_ports(1)[0],
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=authenticate,
    )
    controller.start()
    port = controller.port
    yield SmtpServer(
        host="127.0.0.1", port=port, security="starttls", user="shop", password="secret"
    )
    controller.stop()


async def test_a_mail_goes_by_tls_after_a_login(guarded, received, certificate, monkeypatch):
    """A server that asks for both gets both; a wrong password is told."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    await mailer(guarded).send(MAIL)
    assert len(received.letters) == 1
    with pytest.raises(MailUnavailable):
        await mailer(replace(guarded, password="wrong")).ping()


async def test_a_certificate_of_nobody_is_not_trusted(guarded, received):
    """Whoever stands between cannot read codes."""
    with pytest.raises(MailUnavailable):
        await mailer(guarded).send(MAIL)
    assert received.letters == []


async def test_a_code_comes_by_mail_and_opens_the_account(server, received, ada, noon):
    """The whole way: asked for, mailed, read, given."""
    shop = MemoryShop()
    async with shop.records() as records:
        await records.customers.save([ada])
    asked = {"conversation": "c", "shop": shop, "clock": lambda: noon, "secret": b"s"}
    await request_code("sign-in", email="ada@example.com", mailer=mailer(server), **asked)
    ((_, letter),) = received.letters
    code = letter["Subject"].removeprefix("Your code: ")
    assert (await confirm_code(code, "sign-in", **asked)).customer_id == "ada"
