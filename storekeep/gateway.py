"""Runs the gateway: the one process that customers, agents and the shop's own programs reach."""

from contextlib import AsyncExitStack

from aiohttp import web
from argon2 import PasswordHasher

from channels.adapters.sql import Database, SqlConversations, SqlEndedSessions
from channels.app import build_app
from channels.clock import utc_now
from channels.config import AgentAccount, GatewayConfig, LoginKey
from channels.engine import RasaEngine
from storekeep.home import Home, Secrets
from storekeep.logs import configure
from storekeep.records import DEMO_SHOP, open_shop
from storekeep.settings import Links, Settings

STOP_LIMIT_S = 3.0  # for requests that are being answered when the gateway is told to stop


def serve(settings: Settings, links: Links) -> None:
    """Serves until the process is told to end."""
    configure(settings.log_level)
    web.run_app(
        _open(settings, links),
        host=settings.host,
        port=settings.port,
        print=lambda *_: None,
        access_log=None,
        shutdown_timeout=STOP_LIMIT_S,
    )


async def _open(settings: Settings, links: Links) -> web.Application:
    """Returns the gateway with everything it uses opened, to be closed with it."""
    home = Home(settings.home)
    url = settings.database_url
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(
            Database.open(url.get_secret_value() if url else str(home.gateway_db))
        )
        app = build_app(
            config(settings, home.secrets()),
            engine=await stack.enter_async_context(
                RasaEngine(links.rasa_url, links.rasa_token.get_secret_value())
            ),
            conversations=SqlConversations(database, utc_now),
            ended_sessions=SqlEndedSessions(database, utc_now),
            shop=await stack.enter_async_context(open_shop(settings)),
        )
        opened = stack.pop_all()

    async def close(_: web.Application) -> None:
        await opened.aclose()

    app.on_cleanup.append(close)
    return app


def config(settings: Settings, secrets: Secrets) -> GatewayConfig:
    """Returns what the gateway is told; a key that is set goes before the home's own."""
    hasher = PasswordHasher()
    key = settings.api_key
    return GatewayConfig(
        api_key=key.get_secret_value() if key else secrets.api_key,
        session_secret=secrets.session_secret.encode(),
        agents=tuple(
            AgentAccount(login=login, name=login.title(), password_hash=hasher.hash(password))
            for login, password in secrets.agents.items()
        ),
        allowed_origins=frozenset(settings.allowed_origins),
        trusted_proxies=settings.trusted_proxies,
        login=_login_key(settings),
        demo_images=DEMO_SHOP / "images",
        demo_mails=None if settings.smtp_host else Home(settings.home).mails,
    )


def _login_key(settings: Settings) -> LoginKey | None:
    if settings.login_algorithm is None or settings.login_key is None:
        return None
    return LoginKey(
        algorithm=settings.login_algorithm,
        key=settings.login_key.get_secret_value().replace("\\n", "\n"),
        audience=settings.login_audience,
    )
