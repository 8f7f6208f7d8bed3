"""Who is at the desk: passwords, sessions, and the proof that a call comes from the desk's own page."""

import asyncio
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import jwt
from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from channels.clock import Clock, utc_now
from channels.config import AgentAccount
from channels.errors import Forbidden, Unauthorized
from channels.ports import EndedSessions

SESSION_LENGTH = timedelta(hours=12)
COOKIE = "storekeep_desk"
CSRF_HEADER = "X-Storekeep-Desk"

_AUDIENCE = "desk"
_ALGORITHM = "HS256"
_HASHER = PasswordHasher()
# Of a password that nobody knows: log-ins that do not exist are checked against it.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$p6xJTweE7fn0AZTY7ciF3A$mFl1GWrmhCi7fPI1TMRQDA3HITwrKE/hNQ02q2aKMEA"


@dataclass(frozen=True, slots=True)
class Session:
    """One log-in of one agent."""

    id: str
    agent: AgentAccount
    expires_at: datetime


class Door:
    """Lets agents in.

    Sessions are signed cookies: a restart of the gateway logs nobody out, and lets nobody in again
    who has logged out.
    """

    def __init__(
        self,
        agents: Iterable[AgentAccount],
        secret: bytes,
        ended: EndedSessions,
        *,
        clock: Clock = utc_now,
    ) -> None:
        self._agents = {agent.login: agent for agent in agents}
        # A key of its own: what is signed for the desk is worth nothing elsewhere.
        self._key = hmac.digest(secret, b"desk session", "sha256")
        self._clock = clock
        self._ended = ended

    async def log_in(self, login: str, password: str) -> tuple[Session, str]:
        """Returns a new session and the cookie that proves it.

        Raises:
            Unauthorized: name or password is wrong; both look the same and take the same time.
        """
        agent = self._agents.get(login)
        stored = agent.password_hash if agent else _NOBODY
        is_right = await asyncio.to_thread(_matches, stored, password)  # slow by design
        if agent is None or not is_right:
            raise Unauthorized("Name or password is wrong.")
        session = Session(secrets.token_urlsafe(16), agent, self._clock() + SESSION_LENGTH)
        return session, self._sign(session)

    async def read(self, cookie: str) -> Session:
        """Returns the session that a cookie proves.

        Raises:
            Unauthorized: it is forged, expired or ended, or the agent is gone.
            StoreUnavailable: it cannot be known whether it was ended.
        """
        try:
            claims = jwt.decode(
                cookie,
                self._key,
                [_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["aud", "exp", "jti", "sub"], "verify_exp": False},
            )
        except jwt.InvalidTokenError as err:
            raise Unauthorized("Please log in.") from err
        agent = self._agents.get(claims["sub"])
        expires_at = datetime.fromtimestamp(claims["exp"], tz=self._clock().tzinfo)
        is_over = expires_at <= self._clock() or await self._ended.is_ended(claims["jti"])
        if agent is None or is_over:
            raise Unauthorized("Your session is over. Please log in again.")
        return Session(claims["jti"], agent, expires_at)

    async def end(self, session: Session) -> None:
        """Makes a session's cookie worthless."""
        await self._ended.end(session.id, until=session.expires_at)

    def _sign(self, session: Session) -> str:
        claims = {
            "aud": _AUDIENCE,
            "exp": session.expires_at,
            "jti": session.id,
            "sub": session.agent.login,
        }
        return jwt.encode(claims, self._key, _ALGORITHM)


DOOR: Final[web.AppKey[Door]] = web.AppKey("desk-door")


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def session_of(request: web.Request) -> Session:
    """Returns the session of whoever calls.

    Raises:
        Unauthorized: nobody is logged in.
    """
    return await request.app[DOOR].read(request.cookies.get(COOKIE, ""))


def require_own_page(request: web.Request) -> None:
    """Refuses a call that another site's page could have made.

    Browsers name the calling page's origin themselves. Host and port are compared, not the scheme:
    a proxy may have taken TLS off.

    Raises:
        Forbidden: the origin is missing or another.
    """
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        raise Forbidden("Only the desk's own page may call this.")


def require_script(request: web.Request) -> None:
    """Refuses a call without the header that no foreign page and no plain form can send.

    Raises:
        Forbidden: the header is missing.
    """
    if request.headers.get(CSRF_HEADER) != "1":
        raise Forbidden(f"Calls that change something need the header {CSRF_HEADER}: 1.")


def give_cookie(request: web.Request, response: web.StreamResponse, cookie: str) -> None:
    """Hands a session to the browser, out of reach of scripts and of other sites."""
    response.set_cookie(
        COOKIE,
        cookie,
        path="/",  # the demo's mails are shown to agents too
        max_age=int(SESSION_LENGTH.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=request.headers.get("Origin", "").startswith("https:"),
    )
