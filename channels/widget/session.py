"""Anonymous sessions of the widget: who holds a token holds the conversation that it names.

A token is the conversation's id under the gateway's signature. Nothing is kept until the customer
writes, no browser can choose a conversation, and no id in a log or at the desk opens one.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

LIFETIME = timedelta(days=90)  # of a token that nobody uses
RENEWED_AFTER = timedelta(days=1)

_AUDIENCE = "widget"
_ALGORITHM = "HS256"


@dataclass(frozen=True, slots=True)
class Session:
    """One browser's right to one conversation."""

    conversation: str
    token: str


def begin(secret: bytes, now: datetime) -> Session:
    """Returns a session with a new conversation; its id has 128 random bits."""
    return _session(f"web-{secrets.token_urlsafe(16)}", secret, now)


def recognise(token: str | None, secret: bytes, now: datetime) -> Session | None:
    """Returns the session that this gateway gave this token to; a token in use is renewed daily."""
    try:
        claims = jwt.decode(
            token or "",
            _key(secret),
            [_ALGORITHM],
            audience=_AUDIENCE,
            options={"require": ["aud", "exp", "sub"], "verify_exp": False},  # by our clock
        )
    except jwt.InvalidTokenError:
        return None
    left = claims["exp"] - now.timestamp()
    if not token or left <= 0:
        return None
    if left < (LIFETIME - RENEWED_AFTER).total_seconds():
        return _session(claims["sub"], secret, now)
    return Session(claims["sub"], token)


def _session(conversation: str, secret: bytes, now: datetime) -> Session:
    claims = {"aud": _AUDIENCE, "sub": conversation, "exp": now + LIFETIME}
    return Session(conversation, jwt.encode(claims, _key(secret), _ALGORITHM))


def _key(secret: bytes) -> bytes:
    """Returns a key of its own: what is signed for the widget is worth nothing elsewhere."""
    return hmac.digest(secret, b"widget session", "sha256")
