"""Runs the gateway: the one process that customers, agents and the shop's own programs reach."""

from contextlib import AsyncExitStack
from functools import partial

from aiohttp import web
from argon2 import PasswordHasher

from channels.adapters.sql import Database, SqlConversations, SqlEndedSessions
from channels.app import build_app
from channels.clock import utc_now
from channels.config import AgentAccount, Demo, GatewayConfig, LoginKey
from channels.engine import RasaEngine
from shop.adapters.outbox import latest
from storekeep.agents import read_agents
from storekeep.demo import is_demo
from storekeep.home import Home, Secrets
from storekeep.logs import configure
from storekeep.records import DEMO_SHOP, open_shop
from storekeep.settings import Links, Settings

SHOWN_MAILS = 20
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
        shop = await stack.enter_async_context(open_shop(settings))
        app = build_app(
            config(settings, home.secrets(), is_demo=await is_demo(settings, shop)),
            engine=await stack.enter_async_context(
                RasaEngine(links.rasa_url, links.rasa_token.get_secret_value())
            ),
            conversations=SqlConversations(database, utc_now),
            ended_sessions=SqlEndedSessions(database, utc_now),
            shop=shop,
        )
        opened = stack.pop_all()

    async def close(_: web.Application) -> None:
        await opened.aclose()

    app.on_cleanup.append(close)
    return app


def config(settings: Settings, secrets: Secrets, *, is_demo: bool) -> GatewayConfig:
    """Returns what the gateway is told; a key that is set goes before the home's own."""
    key, own = settings.api_key, read_agents(Home(settings.home))
    return GatewayConfig(
        api_key=key.get_secret_value() if key else secrets.api_key,
        session_secret=secrets.session_secret.encode(),
        agents=own + _demo_agents(secrets, own) if is_demo else own,
        allowed_origins=frozenset(settings.allowed_origins),
        trusted_proxies=settings.trusted_proxies,
        login=_login_key(settings),
        demo=_demo(settings) if is_demo else None,
    )


def _demo_agents(secrets: Secrets, own: tuple[AgentAccount, ...]) -> tuple[AgentAccount, ...]:
    taken, hasher = {word for agent in own for word in (agent.login, agent.name)}, PasswordHasher()
    return tuple(
        AgentAccount(login=login, name=login.title(), password_hash=hasher.hash(password))
        for login, password in secrets.agents.items()
        if not {login, login.title()} & taken
    )


def _demo(settings: Settings) -> Demo:
    mails = partial(latest, Home(settings.home).mails, SHOWN_MAILS)
    return Demo(images=DEMO_SHOP / "images", mails=None if settings.smtp_host else mails)


def _login_key(settings: Settings) -> LoginKey | None:
    if settings.login_algorithm is None or settings.login_key is None:
        return None
    return LoginKey(
        algorithm=settings.login_algorithm,
        key=settings.login_key.get_secret_value().replace("\\n", "\n"),
        audience=settings.login_audience,
    )
