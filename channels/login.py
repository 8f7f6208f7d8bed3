"""Takes a login token of the shop's own site: who a conversation's customer is, on the shop's word.

What it says goes straight into the shop's records. No token, and nothing that it says, travels through
the dialogue.
"""

from datetime import UTC, datetime, timedelta

import jwt
import structlog
from aiohttp import web

from channels.config import LoginKey
from channels.errors import LoginRefused, StoreUnavailable
from channels.keys import CONFIG, SHOP
from shop.errors import CustomerNotFound
from shop.errors import StoreUnavailable as ShopUnavailable
from shop.identity import sign_in, sign_out

LONGEST = timedelta(hours=12)
LEEWAY_S = 30  # the clocks of two machines differ

_log = structlog.get_logger()


async def identify(app: web.Application, conversation: str, token: str | None) -> None:
    """Makes a conversation its customer's, as a token says; without one, nobody's.

    Raises:
        LoginRefused: the token does not hold, or no customer has its `sub`.
        StoreUnavailable: the shop's records cannot be reached.
    """
    login, shop = app[CONFIG].login, app[SHOP]
    if shop is None or (login is None and token is not None):
        raise LoginRefused("Login tokens are not taken here: set STOREKEEP_LOGIN_ALGORITHM.")
    try:
        if login is None or token is None:
            await sign_out(conversation, shop=shop)
            return
        customer_id, until = verify(token, login, datetime.now(UTC))
        await sign_in(customer_id, until=until, conversation=conversation, shop=shop)
    except CustomerNotFound as error:
        raise LoginRefused("The login token's sub is no customer of this shop.") from error
    except ShopUnavailable as error:
        raise StoreUnavailable("The shop's records cannot be reached right now.") from error
    _log.info("customer-logged-in", conversation=conversation)


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
