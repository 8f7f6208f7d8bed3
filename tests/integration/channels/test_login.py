"""A customer who is logged in at the shop is known in the chat, until they log out."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from channels.adapters.memory import MemoryConversations
from channels.app import build_app
from channels.config import GatewayConfig, LoginKey
from shop.adapters.memory import MemoryShop
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
        await records.customers.save([ada])
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
    app = build_app(config, engine=engine, conversations=MemoryConversations(), shop=shop)
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
    """With the first frame or later; null ends it."""
    socket = await tab(customer_token=token())
    conversation = (await next_frame(socket, "welcome"))["conversation"]
    assert await level(conversation) is IdentityLevel.VERIFIED
    await said(socket, {"type": "identify", "customer_token": None})
    assert await level(conversation) is IdentityLevel.ANONYMOUS
    await socket.send_json({"type": "identify", "customer_token": token()})
    await socket.send_json({"type": "message", "id": "abcdefgh", "text": "hi"})
    await next_frame(socket, "ack")
    assert await level(conversation) is IdentityLevel.VERIFIED


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
