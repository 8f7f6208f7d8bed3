"""The desk's API and live connection, as its page uses them."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiohttp import DummyCookieJar, WSMsgType
from argon2 import PasswordHasher

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import AgentAccount, GatewayConfig
from channels.desk import auth
from channels.desk.live import LOGGED_OUT, READ_AGAIN
from channels.errors import StoreUnavailable
from channels.hub import Typing
from channels.keys import HUB, SWITCHBOARD
from channels.model import Author, Control, Inbound

pytestmark = pytest.mark.integration

_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
AGENTS = (
    AgentAccount(login="anna", name="Anna", password_hash=_HASH),
    AgentAccount(login="ben", name="Ben", password_hash=_HASH),
)
LATE = datetime(2100, 1, 1, tzinfo=UTC)


class Bot:
    """A dialogue engine that hands over whoever asks for a person, and greets everybody else."""

    async def turn(self, request):
        """Answers at once."""
        if "person" not in request["text"]:
            return [{"type": "text", "text": "Hello from the bot."}]
        facts = {"last_intent": "contact_human_agent", "order": "SK-1001"}
        return [{"type": "handoff", "text": "One moment.", "reason": "asked", "facts": facts}]

    async def is_ready(self):
        """Always is."""
        return True


class Shop:
    """A running gateway: its customers, and the agents at its desk."""

    def __init__(self, client, conversations):
        self.client = client
        self.app = client.app
        self.conversations = conversations
        self.origin = str(client.make_url("/")).rstrip("/")

    async def hears(self, text, *, conversation="web-1", message_id="m-1"):
        """Takes a customer's message and waits for the bot's answer, if the bot is to answer."""
        with self.app[HUB].subscribe(conversation) as events:
            received = await self.app[SWITCHBOARD].receive(
                Inbound(conversation=conversation, message_id=message_id, text=text),
                channel="widget",
            )
            if received.conversation.control is Control.BOT:
                async with asyncio.timeout(5):
                    async for event in events:
                        if getattr(event, "message_id", None) == message_id:
                            return

    async def log_in(self, name="anna", password="secret", **headers):
        """Returns the answer to a log-in."""
        return await self.client.post(
            "/desk/api/session",
            json={"name": name, "password": password},
            headers={"Origin": self.origin, auth.CSRF_HEADER: "1", **headers},
        )

    async def agent(self, name):
        """Returns somebody who is logged in."""
        answer = await self.log_in(name)
        return Agent(self, answer.cookies[auth.COOKIE].value)

    async def texts(self, conversation="web-1"):
        """Returns what was said, and by whom."""
        return [
            (message.author.value, message.body["text"])
            for message in await self.conversations.messages(conversation)
        ]


class Agent:
    """One agent's browser."""

    def __init__(self, shop, cookie):
        self.shop = shop
        self.headers = {"Origin": shop.origin, auth.CSRF_HEADER: "1"}
        self.headers["Cookie"] = f"{auth.COOKIE}={cookie}"

    async def get(self, path):
        """Reads."""
        return await self.shop.client.get(f"/desk/api/{path}", headers=self.headers)

    async def do(self, action, body=None, *, conversation="web-1"):
        """Acts on a conversation."""
        path = f"/desk/api/conversations/{conversation}/{action}"
        return await self.shop.client.post(path, json=body, headers=self.headers)

    async def log_out(self):
        """Leaves."""
        return await self.shop.client.delete("/desk/api/session", headers=self.headers)

    async def watch(self):
        """Opens the live connection; returns it and its snapshot's conversations."""
        socket = await self.shop.client.ws_connect("/desk/ws", headers=self.headers)
        frame = await socket.receive_json(timeout=5)
        assert frame["type"] == "snapshot"
        return socket, frame["conversations"]


async def next_frame(socket, type_):
    """Returns the next frame of this type; others are passed over."""
    while True:
        frame = await socket.receive_json(timeout=5)
        if frame["type"] == type_:
            return frame


async def close_code(socket):
    """Reads to the end and returns how the gateway ended the connection."""
    while (await socket.receive(timeout=5)).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
        pass
    return socket.close_code


async def error_code(answer):
    """Returns the code of a refusal."""
    return (await answer.json())["error"]["code"]


@pytest.fixture
def conversations():
    return MemoryConversations()


@pytest.fixture
async def shop(aiohttp_client, conversations):
    config = GatewayConfig(api_key="key", session_secret=b"s" * 32, agents=AGENTS)
    app = build_app(
        config,
        engine=Bot(),
        conversations=conversations,
        ended_sessions=MemoryEndedSessions(),
        shop=None,
    )
    return Shop(await aiohttp_client(app, cookie_jar=DummyCookieJar()), conversations)


@pytest.fixture
async def anna(shop):
    return await shop.agent("anna")


@pytest.fixture
async def ben(shop):
    return await shop.agent("ben")


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(shop):
    """The session's cookie is HttpOnly, SameSite=Strict, and Secure where the page came by TLS."""
    plain = (await shop.log_in()).cookies[auth.COOKIE]
    tls = (await shop.log_in(Origin=shop.origin.replace("http", "https"))).cookies[auth.COOKIE]
    assert (plain["httponly"], plain["samesite"], plain["path"]) == (True, "Strict", "/")
    assert (plain["secure"], tls["secure"]) == ("", True)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "session"),
        ("DELETE", "session"),
        ("GET", "conversations/web-1/messages"),
        ("POST", "conversations/web-1/take"),
        ("POST", "conversations/web-1/reply"),
        ("POST", "conversations/web-1/hand-back"),
        ("POST", "conversations/web-1/resolve"),
    ],
)
async def test_nothing_is_to_be_had_without_a_session(shop, method, path):
    """Every call but the log-in asks who calls."""
    await shop.hears("a person please")
    headers = {"Origin": shop.origin, auth.CSRF_HEADER: "1"}
    answer = await shop.client.request(method, f"/desk/api/{path}", headers=headers)
    assert (answer.status, await error_code(answer)) == (401, "unauthorized")


@pytest.mark.parametrize("change", [{"Origin": "https://evil.example"}, {auth.CSRF_HEADER: ""}])
async def test_another_page_can_change_nothing(shop, anna, change):
    """With an agent's cookie, but from another page or without the header, nothing is done."""
    await shop.hears("a person please")
    anna.headers |= change
    for action in ("take", "reply", "hand-back", "resolve"):
        answer = await anna.do(action, {"text": "Hi"})
        assert (answer.status, await error_code(answer)) == (403, "forbidden")
    assert (await anna.log_out()).status == 403
    assert (await shop.log_in(**change)).status == 403
    assert (await shop.conversations.conversation("web-1")).control == Control.QUEUE


async def test_the_page_runs_no_script_but_its_own(shop):
    """The page forbids inline scripts and styles, and its modules are served fresh."""
    page = await shop.client.get("/desk")
    policy = page.headers["Content-Security-Policy"]
    assert page.status == 200
    assert "script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    module = await shop.client.get("/desk/static/desk.js")
    assert (module.status, module.headers["Cache-Control"]) == (200, "no-cache")
    assert (await shop.client.get("/desk/static/..%2Fauth.py")).status == 404
    assert (await shop.client.get("/desk/static/none.js")).status == 404


async def test_the_list_tells_who_waits_and_why(shop, anna):
    """Who waits longest comes first, with the reason, the facts and the last message."""
    await shop.hears("a person please", conversation="web-1")
    await shop.hears("a person, quickly", conversation="web-2")
    await shop.hears("hello", conversation="web-3")
    _, listed = await anna.watch()
    waiting = [each for each in listed if each["control"] == "queue"]
    assert [each["id"] for each in waiting] == ["web-1", "web-2"]
    assert waiting[0]["handoff"]["reason"] == "asked"
    assert waiting[0]["handoff"]["facts"]["order"] == "SK-1001"
    assert waiting[0]["first"]["text"] == waiting[0]["last"]["text"] == "a person please"
    assert [each["id"] for each in listed if each["control"] == "bot"] == ["web-3"]


async def test_two_agents_take_at_once_and_one_gets_it(shop, anna, ben):
    """The other is told who was quicker, and cannot write."""
    await shop.hears("a person please")
    answers = await asyncio.gather(anna.do("take"), ben.do("take"))
    assert sorted(answer.status for answer in answers) == [200, 409]
    winner = (await shop.conversations.conversation("web-1")).agent
    loser = ben if winner == "Anna" else anna
    refused = await loser.do("take")
    assert (refused.status, await error_code(refused)) == (409, "control-lost")
    assert winner in (await refused.json())["error"]["message"]
    assert (await loser.do("reply", {"text": "Hi"})).status == 409


async def test_a_human_answers_and_the_bot_keeps_quiet_until_it_is_handed_back(shop, anna):
    """Customer, agent and bot speak in turn; nobody answers for another."""
    await shop.hears("a person please")
    await anna.do("take")
    await shop.hears("are you there?", message_id="m-2")
    said = (await (await anna.do("reply", {"text": "Yes, I am."})).json())["message"]
    assert (said["author"], said["agent"]) == ("agent", "Anna")
    await anna.do("hand-back")
    await shop.hears("thanks", message_id="m-3")
    assert await shop.texts() == [
        ("customer", "a person please"),
        ("bot", "One moment."),
        ("system", "Anna joined the conversation."),
        ("customer", "are you there?"),
        ("agent", "Yes, I am."),
        ("system", "Anna left the conversation. The assistant answers again."),
        ("customer", "thanks"),
        ("bot", "Hello from the bot."),
    ]


async def test_resolved_is_closed_until_the_customer_writes_again(shop, anna):
    """After Resolve the agent is out of the conversation, and cannot take it again."""
    await shop.hears("a person please")
    await anna.do("take")
    closed = (await (await anna.do("resolve")).json())["conversation"]
    assert (closed["control"], closed["agent"]) == ("closed", None)
    assert (await anna.do("reply", {"text": "One more thing"})).status == 409
    assert (await anna.do("take")).status == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": " \u200b\n"}, 400),
        ({"words": "Hi"}, 400),
        ({"text": 7}, 400),
        ({"text": "a" * 4001}, 413),
    ],
)
async def test_what_cannot_be_sent_is_refused_and_not_kept(shop, anna, body, status):
    """Nothing empty, malformed or too long reaches the customer."""
    await shop.hears("a person please")
    await anna.do("take")
    before = await shop.texts()
    assert status == (await anna.do("reply", body)).status
    assert before == await shop.texts()


async def test_the_transcript_can_be_read_from_any_point(shop, anna):
    """A page that was away reads what it missed."""
    await shop.hears("a person please")
    answer = await (await anna.get("conversations/web-1/messages?after=1")).json()
    assert [message["text"] for message in answer["messages"]] == ["One moment."]
    assert answer["conversation"]["control"] == "queue"
    for after in ("x", "-1", str(10**30)):
        assert (await anna.get(f"conversations/web-1/messages?after={after}")).status == 400
    assert (await anna.get("conversations/none/messages")).status == 404


async def test_every_desk_sees_what_happens_as_it_happens(shop, anna, ben):
    """Messages and changes of control reach the desks of those who did nothing."""
    socket, listed = await ben.watch()
    assert listed == []
    await shop.hears("a person please")
    message = await next_frame(socket, "message")
    assert (message["conversation"], message["message"]["text"]) == ("web-1", "a person please")
    assert (await next_frame(socket, "conversation"))["conversation"]["control"] == "queue"
    await anna.do("take")
    assert (await next_frame(socket, "conversation"))["conversation"]["agent"] == "Anna"


async def test_the_connection_proves_that_it_lives_and_shrugs_off_rubbish(shop, anna):
    """A ping is answered; what is no frame of the page's is passed over."""
    socket, _ = await anna.watch()
    for rubbish in ("", "{", "[]", '"ping"', '{"type": 1}', '{"type": "typing"}'):
        await socket.send_str(rubbish)
    await socket.send_bytes(b"\xff")
    for conversation in ("none", "\ud800"):
        await socket.send_json({"type": "typing", "conversation": conversation})
    await socket.send_json({"type": "ping"})
    assert await socket.receive_json(timeout=5) == {"type": "pong"}


async def test_the_customer_sees_only_the_agent_in_control_typing(shop, anna, ben):
    """Whoever merely reads along types unseen."""
    await shop.hears("a person please")
    await anna.do("take")
    bens, _ = await ben.watch()
    annas, _ = await anna.watch()
    with shop.app[HUB].subscribe("web-1") as events:
        for socket in (bens, annas):
            await socket.send_json({"type": "typing", "conversation": "web-1"})
            await socket.send_json({"type": "ping"})
            await next_frame(socket, "pong")
        shop.app[HUB].publish(Typing("web-1", Author.CUSTOMER, is_typing=True))
        async for event in events:
            assert Typing("web-1", Author.AGENT, is_typing=True) == event
            break
        async for event in events:
            assert Typing("web-1", Author.CUSTOMER, is_typing=True) == event
            break
    assert await next_frame(annas, "typing") == {"type": "typing", "conversation": "web-1"}


async def test_a_foreign_page_cannot_listen(shop, anna):
    """The live connection is refused to another origin, cookie or not."""
    headers = anna.headers | {"Origin": "https://evil.example"}
    assert (await shop.client.get("/desk/ws", headers=headers)).status == 403


async def test_without_a_session_the_connection_says_so_and_closes(shop):
    """The page learns that it must log in, and does not try again for ever."""
    socket = await shop.client.ws_connect("/desk/ws", headers={"Origin": shop.origin})
    assert await close_code(socket) == LOGGED_OUT


async def test_logging_out_ends_the_session_in_every_window(shop, anna, ben):
    """Open connections close, the cookie is worth nothing, and others stay."""
    socket, _ = await anna.watch()
    other, _ = await ben.watch()
    assert (await anna.log_out()).status == 200
    assert await close_code(socket) == LOGGED_OUT
    assert (await anna.get("session")).status == 401
    assert (await ben.get("session")).status == 200
    assert not other.closed


async def test_a_connection_ends_with_its_session(shop, anna, monkeypatch):
    """A desk left open is closed when the session's time is up."""
    monkeypatch.setattr(auth, "SESSION_LENGTH", auth.timedelta(milliseconds=50))
    brief = await shop.agent("anna")
    monkeypatch.undo()
    socket = await shop.client.ws_connect("/desk/ws", headers=brief.headers)
    assert await close_code(socket) == LOGGED_OUT


async def test_a_desk_that_cannot_read_its_list_tries_again(shop, anna, conversations, monkeypatch):
    """A store that is away closes the connection with a code that means: come back."""

    async def away(*_):
        raise StoreUnavailable("The store is away.")

    monkeypatch.setattr(conversations, "in_control", away)
    socket = await shop.client.ws_connect("/desk/ws", headers=anna.headers)
    assert await close_code(socket) == READ_AGAIN


async def test_the_gateway_stops_without_waiting_for_desks(shop, anna):
    """Open connections are closed when the gateway stops."""
    socket, _ = await anna.watch()
    await shop.app.shutdown()
    assert await close_code(socket) == 1001
