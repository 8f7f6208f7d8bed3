"""Takes a login token of the shop's own site: who a conversation's customer is, on the shop's word.

What it says goes straight into the shop's records. No token, and nothing that it says, travels through
the dialogue.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import jwt
import structlog
from aiohttp import web

from channels.clock import utc_now
from channels.config import LoginKey
from channels.errors import LoginRefused, OtherCustomer, StoreUnavailable
from channels.keys import CONFIG, SHOP
from shop.errors import CustomerNotFound
from shop.errors import OtherCustomer as Taken
from shop.errors import StoreUnavailable as ShopUnavailable
from shop.identity import sign_in, sign_out
from shop.ports import Shop

LONGEST = timedelta(hours=12)
LEEWAY_S = 30  # the clocks of two machines differ

_log = structlog.get_logger()


async def log_in(app: web.Application, conversation: str, token: str) -> None:
    """Makes a conversation its customer's, as a token says.

    Raises:
        LoginRefused: the token does not hold, or no customer has its `sub`.
        OtherCustomer: the conversation was another customer's.
        StoreUnavailable: the shop's records cannot be reached.
    """
    shop, customer_id, until = _read(app, token)
    with _told():
        await sign_in(customer_id, until=until, conversation=conversation, shop=shop)
    _log.info("customer-logged-in", conversation=conversation)


async def log_out(app: web.Application, conversation: str) -> bool:
    """Ends what a conversation has shown of its customer; tells whether there was anything.

    Raises:
        StoreUnavailable: the shop's records cannot be reached.
    """
    shop = app[SHOP]
    if shop is None:
        return False
    with _told():
        return await sign_out(conversation, shop=shop, clock=utc_now)


def _read(app: web.Application, token: str) -> tuple[Shop, str, datetime]:
    login, shop = app[CONFIG].login, app[SHOP]
    if shop is None or login is None:
        raise LoginRefused("Login tokens are not taken here: set STOREKEEP_LOGIN_ALGORITHM.")
    return shop, *verify(token, login, utc_now())


@contextmanager
def _told() -> Iterator[None]:
    """Says in the gateway's words what the shop refused."""
    try:
        yield
    except CustomerNotFound as error:
        raise LoginRefused("The login token's sub is no customer of this shop.") from error
    except Taken as error:
        raise OtherCustomer(
            "This conversation was another customer's. Begin a new one for this login."
        ) from error
    except ShopUnavailable as error:
        raise StoreUnavailable("The shop's records cannot be reached right now.") from error


def verify(token: str, login: LoginKey, now: datetime) -> tuple[str, datetime]:
    """Returns the customer's id and the end of a login.

    Raises:
        LoginRefused: the token was not signed by the shop, is for somebody else, has ended or
            would hold too long.
    """
    try:
        claims = jwt.decode(
            token,
            login.key,
            algorithms=[login.algorithm],
            audience=login.audience,
            leeway=LEEWAY_S,
            options={"require": ["exp", "aud", "sub"]},
        )
    except jwt.PyJWTError as error:
        raise LoginRefused(f"The login token does not hold: {type(error).__name__}.") from error
    if claims["exp"] > (now + LONGEST).timestamp() + LEEWAY_S:
        raise LoginRefused("The login token would hold for more than 12 hours.")
    return claims["sub"], datetime.fromtimestamp(claims["exp"], UTC)
