"""The desk's page and its API. Every call but the log-in needs a session."""

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final, TypeVar

import structlog
from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from channels.client import client_of
from channels.config import AgentAccount
from channels.desk import live
from channels.desk.auth import (
    COOKIE,
    DOOR,
    Door,
    give_cookie,
    require_own_page,
    require_script,
    session_of,
)
from channels.desk.view import summary
from channels.errors import BadRequest, Unauthorized
from channels.keys import CONFIG, CONVERSATIONS, ENDED_SESSIONS, RATES, SWITCHBOARD
from channels.rate import Rate
from channels.text import is_readable
from channels.transcript import as_json

STATIC: Final = Path(__file__).parent / "static"
FRESH: Final = {"Cache-Control": "no-cache"}  # asked for anew, answered by 304
PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
# Log-ins that fail. By name and address: nobody locks an agent out from elsewhere.
ONE_NAME: Final = Rate(burst=10, per_second=0.1)
ONE_CLIENT: Final = Rate(burst=50, per_second=0.5)

log = structlog.get_logger()

AgentHandler = Callable[[web.Request, AgentAccount], Awaitable[web.StreamResponse]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class LogIn(BaseModel):
    """The body of a log-in."""

    name: str = Field(max_length=100)
    password: str = Field(max_length=1000)


class Words(BaseModel):
    """The body of an agent's message."""

    text: str


def add_routes(app: web.Application) -> None:
    """Adds the desk's page, API and live connection to the gateway."""
    config = app[CONFIG]
    app[DOOR] = Door(config.agents, config.session_secret, app[ENDED_SESSIONS])
    app[live.SOCKETS] = set()
    app.on_shutdown.append(live.close_all)
    app.add_routes(
        [
            web.get("/desk", to_page),
            web.get("/desk/", page),
            web.get(r"/desk/static/{path:(?:vendor/)?[a-z-]+\.(?:css|js|svg)}", static),
            web.get("/desk/ws", live.live),
            web.post("/desk/api/session", log_in),
            web.get("/desk/api/session", for_agents(who)),
            web.delete("/desk/api/session", for_agents(log_out)),
            web.get("/desk/api/conversations/{id}/messages", for_agents(messages)),
            web.post("/desk/api/conversations/{id}/take", for_agents(take)),
            web.post("/desk/api/conversations/{id}/reply", for_agents(reply)),
            web.post("/desk/api/conversations/{id}/hand-back", for_agents(hand_back)),
            web.post("/desk/api/conversations/{id}/resolve", for_agents(resolve)),
        ]
    )


def for_agents(handler: AgentHandler) -> Handler:
    """Returns a handler that lets nobody in without a session, nor a change from another page."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if request.method == "GET":
            return await handler(request, (await session_of(request)).agent)
        require_own_page(request)
        require_script(request)
        agent = (await session_of(request)).agent
        response = await handler(request, agent)
        log.info(
            "agent-acted",
            agent=agent.login,
            what=handler.__name__,
            conversation=request.match_info.get("id"),
        )
        return response

    return guarded


async def to_page(_request: web.Request) -> web.StreamResponse:
    """Sends GET /desk on to the page, whose addresses are relative."""
    raise web.HTTPPermanentRedirect("/desk/")


async def page(_request: web.Request) -> web.StreamResponse:
    """Serves GET /desk/."""
    return web.FileResponse(
        STATIC / "index.html", headers={**FRESH, "Content-Security-Policy": PAGE_POLICY}
    )


async def static(request: web.Request) -> web.StreamResponse:
    """Serves the page's scripts and styles."""
    path = STATIC / request.match_info["path"]
    if not path.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(path, headers=FRESH)


async def log_in(request: web.Request) -> web.StreamResponse:
    """Serves POST /desk/api/session."""
    require_own_page(request)
    require_script(request)
    body = await _read(request, LogIn)
    client, rates = client_of(request), request.app[RATES]
    tries = ((f"desk-name:{body.name}:{client}", ONE_NAME), (f"desk-client:{client}", ONE_CLIENT))
    for key, rate in tries:  # taken before, so that tries at once do not all pass
        rates.spend(key, rate)
    try:
        session, cookie = await request.app[DOOR].log_in(body.name, body.password)
    except Unauthorized:
        log.warning("log-in-refused", client=client)  # a name may be a mistyped password
        raise
    for key, rate in tries:
        rates.give_back(key, rate)  # only what failed counts
    log.info("agent-logged-in", agent=session.agent.login)
    response = web.json_response(_agent(session.agent))
    give_cookie(request, response, cookie)
    return response


async def who(_request: web.Request, agent: AgentAccount) -> web.StreamResponse:
    """Serves GET /desk/api/session."""
    return web.json_response(_agent(agent))


async def log_out(request: web.Request, _agent: AgentAccount) -> web.StreamResponse:
    """Serves DELETE /desk/api/session: the session ends in all of the browser's windows."""
    session = await session_of(request)
    await request.app[DOOR].end(session)
    await live.close(request.app, session)
    response = web.json_response({})
    response.del_cookie(COOKIE, path="/")
    return response


async def messages(request: web.Request, _agent: AgentAccount) -> web.StreamResponse:
    """Serves GET /desk/api/conversations/{id}/messages?after=<seq>."""
    conversation = request.match_info["id"]
    after = request.query.get("after", "0")
    if not re.fullmatch("[0-9]{1,15}", after):
        raise BadRequest("`after` must be the seq of a message.")
    conversations = request.app[CONVERSATIONS]
    now = await conversations.conversation(conversation)
    transcript = await conversations.messages(conversation, after=int(after))
    return web.json_response(
        {"conversation": summary(now), "messages": [as_json(message) for message in transcript]}
    )


async def take(request: web.Request, agent: AgentAccount) -> web.StreamResponse:
    """Serves POST …/take: one agent gets it, everybody else 409 control-lost."""
    now = await request.app[SWITCHBOARD].take(request.match_info["id"], agent=agent.name)
    return web.json_response({"conversation": summary(now)})


async def reply(request: web.Request, agent: AgentAccount) -> web.StreamResponse:
    """Serves POST …/reply."""
    body = await _read(request, Words)
    if not is_readable(body.text):
        raise BadRequest("There is nothing to send: write something first.")
    message = await request.app[SWITCHBOARD].reply_as_agent(
        request.match_info["id"], body.text, agent=agent.name
    )
    return web.json_response({"message": as_json(message)})


async def hand_back(request: web.Request, agent: AgentAccount) -> web.StreamResponse:
    """Serves POST …/hand-back."""
    now = await request.app[SWITCHBOARD].hand_back(request.match_info["id"], agent=agent.name)
    return web.json_response({"conversation": summary(now)})


async def resolve(request: web.Request, agent: AgentAccount) -> web.StreamResponse:
    """Serves POST …/resolve."""
    now = await request.app[SWITCHBOARD].resolve(request.match_info["id"], agent=agent.name)
    return web.json_response({"conversation": summary(now)})


Body = TypeVar("Body", bound=BaseModel)


async def _read(request: web.Request, shape: type[Body]) -> Body:
    try:
        return shape.model_validate_json(await request.read())
    except ValidationError as err:
        raise BadRequest(f"The body must have {', '.join(shape.model_fields)}.") from err


def _agent(agent: AgentAccount) -> dict[str, dict[str, str]]:
    return {"agent": {"name": agent.name}}
