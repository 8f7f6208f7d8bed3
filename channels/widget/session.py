"""Anonymous sessions of the widget: who holds a token holds the conversation that it names.

A token is the conversation's id and the gateway's signature over it. Nothing is kept until the
customer writes, no browser can choose a conversation, and no id in a log or at the desk opens one.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's right to one conversation."""

    conversation: str
    token: str


def begin(secret: bytes) -> Session:
    """Returns a session with a new conversation; its id has 128 random bits."""
    return _session(f"web-{secrets.token_urlsafe(16)}", secret)


def recognise(token: str | None, secret: bytes) -> Session | None:
    """Returns the session that this gateway gave this token to."""
    conversation, _, _ = (token or "").partition(".")
    session = _session(conversation, secret)
    if token and hmac.compare_digest(session.token.encode(), token.encode()):
        return session
    return None


def _session(conversation: str, secret: bytes) -> Session:
    # The prefix keeps this use of the secret apart from the desk's.
    mac = hmac.digest(secret, b"widget:" + conversation.encode(), "sha256")
    return Session(conversation, f"{conversation}.{urlsafe_b64encode(mac).rstrip(b'=').decode()}")
