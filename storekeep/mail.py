"""Opens the way that the shop's mails take, as the settings say."""

from shop.adapters.letters import Letters
from shop.adapters.outbox import Outbox
from shop.adapters.smtp import SmtpMailer, SmtpServer
from shop.mail import Mailer
from storekeep.home import Home
from storekeep.settings import Settings


def open_mailer(settings: Settings) -> Mailer:
    """Returns the mailer: through the shop's server, or into the home's folder where none is set."""
    letters = Letters(sender=settings.mail_sender)
    if settings.smtp_host is None:
        return Outbox(Home(settings.home).mails, letters)
    password = settings.smtp_password
    server = SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password.get_secret_value() if password else None,
    )
    return SmtpMailer(server, letters)
