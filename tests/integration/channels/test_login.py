"""A customer who is logged in at the shop is known in the chat, until they log out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from aiohttp import WSCloseCode, WSMsgType

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import GatewayConfig, LoginKey
from shop.adapters.memory import MemoryShop
from shop.errors import StoreUnavailable
from shop.identity import level_of
from shop.model import IdentityLevel

pytestmark = pytest.mark.integration

SECRET = "s" * 32
PATH = "/api/v1/messages"


class Silent:
    """A dialogue engine that keeps what it was told."""

    def __init__(self):
        self.told = []

    async def turn(self, request):
        """Answers."""
        self.told.append(request)
        return [{"type": "text", "text": "Yes?"}]

    async def is_ready(self):
        """Always is."""
        return True


def token(customer="ada"):
    end = datetime.now(UTC) + timedelta(hours=1)
    return jwt.encode({"sub": customer, "aud": "storekeep", "exp": end}, SECRET)


@pytest.fixture
async def shop(ada):
    shop = MemoryShop()
    async with shop.records() as records:
        await records.customers.save([ada, replace(ada, id="bob", email="bob@example.com")])
    return shop


@pytest.fixture
def engine():
    return Silent()


@pytest.fixture
async def gateway(aiohttp_client, shop, engine):
    config = GatewayConfig(
        api_key="key",
        session_secret=b"s" * 32,
        login=LoginKey(algorithm="HS256", key=SECRET, audience="storekeep"),
    )
    app = build_app(
        config,
        engine=engine,
        conversations=MemoryConversations(),
        ended_sessions=MemoryEndedSessions(),
        shop=shop,
    )
    return await aiohttp_client(app)


@pytest.fixture
def level(shop):
    async def level(conversation):
        return await level_of(conversation, shop=shop, clock=lambda: datetime.now(UTC))

    return level


@pytest.fixture
def write(gateway):
    ids = iter(range(99))

    async def write(**more):
        body = {"conversation": "c", "message_id": f"m{next(ids)}", "text": "hi", **more}
        answer = await gateway.post(PATH, json=body, headers={"Authorization": "Bearer key"})
        return answer.status, await answer.json()

    return write


async def test_the_api_takes_a_login(write, level, engine):
    """It stays until null ends it; the dialogue never hears of it."""
    await write()
    assert await level("api.c") is IdentityLevel.ANONYMOUS
    signed = token()
    await write(customer_token=signed)
    await write()
    assert await level("api.c") is IdentityLevel.VERIFIED
    assert await level("api.other") is IdentityLevel.ANONYMOUS
    assert signed not in repr(engine.told)
    assert "'ada'" not in repr(engine.told)
    await write(customer_token=None)
    assert await level("api.c") is IdentityLevel.ANONYMOUS


@pytest.mark.parametrize("bad", ["", "x", token("nobody")])
async def test_a_bad_login_is_refused_and_the_message_not_taken(write, level, engine, bad):
    """The program is told at once."""
    status, answer = await write(customer_token=bad)
    assert (status, answer["error"]["code"]) == (401, "login-refused")
    assert await level("api.c") is IdentityLevel.ANONYMOUS
    assert engine.told == []


@pytest.fixture
def broken(shop, monkeypatch):
    """Makes the shop's records unreachable, and returns what mends them."""

    def break_down():
        def refuse():
            raise StoreUnavailable("It is locked.")

        monkeypatch.setattr(shop, "records", refuse)
        return monkeypatch.undo

    return break_down


@pytest.mark.parametrize("told", [None, token("ada")])
async def test_what_cannot_be_logged_in_or_out_is_not_answered(write, level, engine, broken, told):
    """No message is answered under the login of before: it is not taken, and may be sent again."""
    await write(customer_token=token())
    mend = broken()
    status, answer = await write(message_id="again", customer_token=told)
    assert (status, answer["error"]["code"]) == (503, "store-unavailable")
    assert len(engine.told) == 1

    mend()
    assert (await write(message_id="again", customer_token=told))[0] == 200
    known = IdentityLevel.VERIFIED if told else IdentityLevel.ANONYMOUS
    assert await level("api.c") is known


@pytest.mark.parametrize("told", [None, token("bob")])
@pytest.mark.parametrize("is_in_hello", [False, True])
async def test_a_browser_that_cannot_be_logged_out_is_hung_up_on(tab, broken, told, is_in_hello):
    """Rather no connection than one under the login of before; the browser tries again."""
    socket = await tab(customer_token=token())
    before = await next_frame(socket, "welcome")
    broken()
    if is_in_hello:
        socket = await tab(token=before["token"], customer_token=told)
    else:
        await socket.send_json({"type": "identify", "customer_token": told})

    while (await socket.receive(timeout=5)).type not in (WSMsgType.CLOSE, WSMsgType.CLOSED):
        pass
    assert socket.close_code == WSCloseCode.TRY_AGAIN_LATER


async def next_frame(socket, type_):
    while (frame := await socket.receive_json(timeout=5))["type"] != type_:
        pass
    return frame


@pytest.fixture
def tab(gateway):
    async def tab(**hello):
        socket = await gateway.ws_connect(
            "/widget/ws", origin=str(gateway.make_url("")).rstrip("/")
        )
        await socket.send_json({"type": "hello", **hello})
        return socket

    return tab


async def said(socket, frame):
    """Sends a frame and waits until it was read: frames are taken in order."""
    await socket.send_json(frame)
    await socket.send_json({"type": "message", "id": "12345678", "text": "hi"})
    await next_frame(socket, "ack")


async def test_the_widget_takes_a_login(tab, level):
    """With the first frame or later; once nobody was known, in the same conversation."""
    socket = await tab(customer_token=token())
    conversation = (await next_frame(socket, "welcome"))["conversation"]
    assert await level(conversation) is IdentityLevel.VERIFIED
    socket = await tab(customer_token=None)
    conversation = (await next_frame(socket, "welcome"))["conversation"]
    assert await level(conversation) is IdentityLevel.ANONYMOUS
    await said(socket, {"type": "identify", "customer_token": token()})
    assert await level(conversation) is IdentityLevel.VERIFIED


@pytest.mark.parametrize("next_token", [token("bob"), None])
@pytest.mark.parametrize("is_in_hello", [False, True])
async def test_whoever_comes_next_begins_a_new_conversation(tab, level, next_token, is_in_hello):
    """After another's login or a logout, the browser gets neither messages nor session of before."""
    socket = await tab(customer_token=token())
    before = await next_frame(socket, "welcome")
    await socket.send_json({"type": "message", "id": "12345678", "text": "my secret"})
    await next_frame(socket, "ack")
    if is_in_hello:
        socket = await tab(token=before["token"], customer_token=next_token)
    else:
        await socket.send_json({"type": "identify", "customer_token": next_token})
    await next_frame(socket, "reset")
    after = await next_frame(socket, "welcome")
    assert after["conversation"] != before["conversation"]
    assert (after["token"] == before["token"], after["last"]) == (False, 0)
    known = IdentityLevel.VERIFIED if next_token else IdentityLevel.ANONYMOUS
    assert await level(after["conversation"]) is known
    await socket.send_json({"type": "message", "id": "abcdefgh", "text": "hello"})
    assert (await next_frame(socket, "message"))["message"]["text"] == "hello"


async def test_a_hello_that_says_nothing_of_a_login_changes_nothing(tab, level):
    """A reconnection is no logout."""
    before = await next_frame(await tab(customer_token=token()), "welcome")
    after = await next_frame(await tab(token=before["token"]), "welcome")
    assert after["token"] == before["token"]
    assert await level(after["conversation"]) is IdentityLevel.VERIFIED


async def test_the_api_refuses_another_customers_login(write, level, engine):
    """The conversation stays the first customer's, and the message is not taken."""
    await write(customer_token=token())
    status, answer = await write(customer_token=token("bob"))
    assert (status, answer["error"]["code"]) == (409, "other-customer")
    assert len(engine.told) == 1
    await write(customer_token=None)
    assert (await write(customer_token=token("bob")))[0] == 409


@pytest.mark.parametrize("text", ["hi", "something else"])
async def test_a_message_that_came_before_logs_nobody_in(write, level, text):
    """Sent again after a logout, with the same content or with another, it changes nothing."""
    await write(message_id="first", customer_token=token())
    await write(customer_token=None)
    status, _ = await write(message_id="first", customer_token=token(), text=text)
    assert status == (200 if text == "hi" else 409)
    assert await level("api.c") is IdentityLevel.ANONYMOUS


async def test_a_visitor_with_a_bad_login_may_write_as_nobody(tab, level):
    """The page is told, the chat goes on."""
    socket = await tab(customer_token="old")
    assert (await next_frame(socket, "error"))["code"] == "login-refused"
    conversation = (await next_frame(socket, "welcome"))["conversation"]
    assert await level(conversation) is IdentityLevel.ANONYMOUS
    await socket.send_json({"type": "identify", "customer_token": "old"})
    assert (await next_frame(socket, "error"))["code"] == "login-refused"
    await socket.send_json({"type": "message", "id": "12345678", "text": "hi"})
    assert await next_frame(socket, "ack")
