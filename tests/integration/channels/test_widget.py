import asyncio

import pytest
from aiohttp import WSMsgType

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import GatewayConfig
from channels.hub import MessageKept, Typing
from channels.keys import HUB, SWITCHBOARD
from channels.model import Author
from channels.widget import routes
from channels.widget.visit import TOO_SLOW

pytestmark = pytest.mark.integration

SHOP = "https://shop.example"
ID, OTHER_ID = "message-0001", "message-0002"


class Parrot:
    """A dialogue engine that repeats what it hears, offers a button, and waits while held."""

    def __init__(self):
        self.free = asyncio.Event()
        self.free.set()
        self.turns = 0

    async def turn(self, request):
        """Answers when it is free to."""
        await self.free.wait()
        self.turns += 1
        said = request.get("text") or request.get("payload")
        return [
            {"type": "text", "text": f"You said: {said}"},
            {"type": "choices", "text": "More?", "choices": [{"title": "Yes", "payload": "/y"}]},
        ]

    async def is_ready(self):
        """Always is."""
        return True


class Browser:
    """One tab: sends frames, and reads on until the frame that it waits for."""

    def __init__(self, socket):
        self.socket = socket

    async def hello(self, token=None, after=0):
        """Begins, or comes back with a token."""
        await self.socket.send_json({"type": "hello", "token": token, "after": after})
        return await self.next("welcome")

    async def say(self, text, message_id=ID):
        """Sends a message."""
        await self.socket.send_json({"type": "message", "id": message_id, "text": text})

    async def choose(self, choice, message_id):
        """Presses a button."""
        await self.socket.send_json({"type": "choice", "id": message_id, "choice": choice})

    async def next(self, type_):
        """Returns the next frame of this type; others are passed over."""
        while True:
            frame = await self.socket.receive_json(timeout=5)
            if frame["type"] == type_:
                return frame

    async def message(self, author=None):
        """Returns the next line of the transcript, of this author."""
        while True:
            message = (await self.next("message"))["message"]
            if author in (None, message["author"]):
                return message

    async def close_code(self):
        """Reads to the end and returns how the gateway ended the connection."""
        while True:
            frame = await self.socket.receive(timeout=5)
            if frame.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED):
                return self.socket.close_code


@pytest.fixture
def engine():
    return Parrot()


@pytest.fixture
def store():
    return MemoryConversations()


@pytest.fixture
def config():
    return GatewayConfig(api_key="key", session_secret=b"s" * 32, allowed_origins=frozenset({SHOP}))


@pytest.fixture
async def gateway(aiohttp_client, config, engine, store):
    app = build_app(
        config, engine=engine, conversations=store, ended_sessions=MemoryEndedSessions(), shop=None
    )
    return await aiohttp_client(app)


@pytest.fixture
def visit(gateway):
    async def open_tab(origin=SHOP):
        return Browser(await gateway.ws_connect("/widget/ws", headers={"Origin": origin}))

    return open_tab


async def test_a_message_is_acknowledged_and_answered(visit):
    """A customer's message gets its number in the transcript, then the bot's replies."""
    tab = await visit()
    await tab.hello()
    await tab.say("hello")
    assert await tab.next("ack") == {"type": "ack", "id": ID, "seq": 1}
    answer = await tab.message("bot")
    assert (answer["seq"], answer["text"]) == (2, "You said: hello")


async def test_the_customers_own_line_carries_the_id_it_was_sent_under(visit):
    """A browser can tell its own message from another tab's, whichever of ack and line is first."""
    tab, other = await visit(), await visit()
    welcome = await tab.hello()
    await other.hello(welcome["token"])
    await tab.say("hello")
    assert (await other.message("customer"))["message_id"] == ID


async def test_the_bot_is_seen_writing_and_stopping(visit):
    """The typing sign lasts from the beginning of a turn to its end."""
    tab = await visit()
    await tab.hello()
    await tab.say("hello")
    assert await tab.next("typing") == {"type": "typing", "who": "bot", "is_typing": True}
    assert await tab.next("typing") == {"type": "typing", "who": "bot", "is_typing": False}


async def test_a_customer_is_seen_writing_by_whoever_watches(visit, gateway):
    """A person who answers is told that something is being written, and the browser nothing."""
    tab = await visit()
    conversation = (await tab.hello())["conversation"]
    with gateway.app[HUB].subscribe(conversation) as events:
        await tab.socket.send_json({"type": "typing"})
        async for event in events:
            assert event == Typing(conversation, Author.CUSTOMER, is_typing=True)
            break
    await tab.say("hello")
    assert (await tab.next("typing"))["who"] == "bot"


async def test_the_history_comes_back_after_a_reload(visit):
    """A browser that has nothing but its token is shown the whole transcript."""
    tab = await visit()
    welcome = await tab.hello()
    await tab.say("hello")
    await tab.next("message"), await tab.message("bot"), await tab.message("bot")
    await tab.socket.close()
    again = await visit()
    back = await again.hello(welcome["token"])
    assert (back["conversation"], back["last"]) == (welcome["conversation"], 3)
    assert [(await again.message())["seq"] for _ in range(3)] == [1, 2, 3]


async def test_a_connection_lost_in_mid_turn_loses_nothing(visit, engine):
    """The turn goes on without the browser, which later gets exactly what it missed."""
    engine.free.clear()
    tab = await visit()
    welcome = await tab.hello()
    await tab.say("hello")
    await tab.next("ack")
    await tab.socket.close()
    engine.free.set()
    again = await visit()
    await again.hello(welcome["token"], after=1)
    assert (await again.message())["seq"] == 2


async def test_a_message_that_is_sent_twice_has_one_effect(visit, engine):
    """A browser that missed the ack sends again, gets the same ack, and the bot answers once."""
    tab = await visit()
    await tab.hello()
    await tab.say("hello")
    first = await tab.next("ack")
    await tab.message("bot"), await tab.message("bot")
    await tab.say("hello")
    assert await tab.next("ack") == first
    await tab.say("and", OTHER_ID)
    assert (await tab.message("bot"))["text"] == "You said: and"
    assert engine.turns == 2


async def test_another_browser_sees_nothing_of_it(visit):
    """A second browser has its own conversation, whatever it claims about the first."""
    mine, theirs = await visit(), await visit()
    a = await mine.hello()
    await mine.say("my address is …")
    await mine.message("bot")
    b = await theirs.hello(a["conversation"], after=0)
    assert (b["conversation"] != a["conversation"], b["last"]) == (True, 0)
    await theirs.say("hello")
    assert (await theirs.message())["text"] == "hello"


async def test_a_button_is_pressed_by_its_id(visit):
    """A choice of this conversation reads as its title and reaches the engine as its payload."""
    tab = await visit()
    await tab.hello()
    await tab.say("hello")
    await tab.message("bot")
    [choice] = (await tab.message("bot"))["choices"]
    assert set(choice) == {"id", "title"}
    await tab.choose(choice["id"], OTHER_ID)
    assert (await tab.message("customer"))["text"] == "Yes"
    assert (await tab.message("bot"))["text"] == "You said: /y"


async def test_a_button_of_somebody_else_is_refused_with_its_message_id(visit):
    """A choice that was not offered here is refused, so that the browser can say so at its bubble."""
    tab = await visit()
    await tab.hello()
    await tab.choose("not-offered", OTHER_ID)
    error = await tab.next("error")
    assert (error["code"], error["id"]) == ("unknown-choice", OTHER_ID)


@pytest.mark.parametrize("send", ["[]", '{"type": "hello", "after": 0}', b"\x00\xff"])
async def test_a_wrong_frame_is_refused_and_the_conversation_goes_on(visit, send):
    """Broken JSON, a second hello or bytes get an error, and the next message is still answered."""
    tab = await visit()
    await tab.hello()
    await (tab.socket.send_bytes if isinstance(send, bytes) else tab.socket.send_str)(send)
    assert (await tab.next("error"))["code"] == "bad-request"
    await tab.say("hello")
    assert (await tab.next("ack"))["seq"] == 1


async def test_a_text_that_is_too_long_is_refused_with_its_message_id(visit):
    """More than the gateway reads at once is refused in words."""
    tab = await visit()
    await tab.hello()
    await tab.say("x" * 5000)
    error = await tab.next("error")
    assert (error["code"], error["id"]) == ("too-large", ID)


async def test_a_huge_frame_ends_the_connection(visit):
    """Nobody fills the gateway's memory with one frame."""
    tab = await visit()
    await tab.hello()
    await tab.say("x" * 100_000)
    assert await tab.close_code() == 1009


@pytest.mark.parametrize("first", ['{"type": "message", "id": "message-0001", "text": "hi"}', "?"])
async def test_the_first_frame_must_be_a_hello(visit, first):
    """Nothing is taken from a browser that has not said which conversation is its."""
    tab = await visit()
    await tab.socket.send_str(first)
    assert await tab.close_code() == routes.NO_HELLO


async def test_a_browser_that_says_nothing_is_hung_up_on(visit, monkeypatch):
    """An empty connection does not stay."""
    monkeypatch.setattr(routes, "HELLO_WITHIN_S", 0.01)
    tab = await visit()
    assert await tab.close_code() == routes.NO_HELLO


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
async def test_pages_of_other_sites_are_refused(gateway, headers):
    """Only the gateway's own pages and those that the shop allowed may connect."""
    response = await gateway.get("/widget/ws", headers=headers)
    assert (response.status, (await response.json())["error"]["code"]) == (403, "forbidden")


async def test_the_gateways_own_pages_are_allowed(visit, gateway):
    """The demo shop needs no entry in the allow-list."""
    tab = await visit(origin=str(gateway.make_url("/")).rstrip("/"))
    assert (await tab.hello())["control"] == "bot"


async def test_an_agent_who_joins_is_announced(visit, gateway):
    """The customer is told who joined, sees who is in control, and reads what the agent writes."""
    tab = await visit()
    conversation = (await tab.hello())["conversation"]
    await tab.say("hello")
    await tab.message("bot")
    switchboard = gateway.app[SWITCHBOARD]
    await switchboard.take(conversation, agent="Anna")
    assert await tab.next("control") == {"type": "control", "control": "agent", "agent": "Anna"}
    assert (await tab.message("system"))["type"] == "system"
    await switchboard.reply_as_agent(conversation, "Hello, Anna here.", agent="Anna")
    message = await tab.message("agent")
    assert (message["agent"], message["text"]) == ("Anna", "Hello, Anna here.")


async def test_lines_are_shown_in_order_however_the_news_of_them_comes(visit, gateway, store):
    """When the hub tells of a later line first, the earlier one is still shown before it."""
    tab = await visit()
    conversation = (await tab.hello())["conversation"]
    await tab.say("hello")
    await tab.message("bot"), await tab.message("bot")
    version = (await store.conversation(conversation)).version
    lines = [
        await store.say(
            conversation, author=Author.SYSTEM, version=version, body={"type": "text", "text": text}
        )
        for text in ("one", "two")
    ]
    for line in reversed(lines):
        gateway.app[HUB].publish(MessageKept(conversation, line))
    assert [(await tab.message())["text"] for _ in lines] == ["one", "two"]


async def test_a_reader_that_is_too_slow_is_told_to_come_back(visit, gateway):
    """A tab that cannot keep up is closed; it reads the rest from the store when it returns."""
    tab = await visit()
    conversation = (await tab.hello())["conversation"]
    for _ in range(1000):
        gateway.app[HUB].publish(Typing(conversation, Author.AGENT, is_typing=True))
    assert await tab.close_code() == TOO_SLOW


async def test_a_stopping_gateway_says_goodbye(visit, gateway):
    """Browsers learn at once that they have to come back."""
    tab = await visit()
    await tab.hello()
    stopping = asyncio.create_task(gateway.server.close())
    assert await tab.close_code() == 1001
    await stopping


@pytest.mark.parametrize("choice", ["", "a\0b", "/restart", "x" * 101])
async def test_what_is_no_choice_id_is_no_frame(visit, choice):
    """Nothing but a short plain id gets as far as the store."""
    tab = await visit()
    await tab.hello()
    await tab.choose(choice, ID)
    assert (await tab.next("error"))["code"] == "bad-request"


async def test_the_scripts_may_be_loaded_by_any_page(gateway):
    """The one script tag works on another origin: modules need CORS."""
    response = await gateway.get("/widget/storekeep.js", headers={"Origin": SHOP})
    assert response.status == 200
    assert response.content_type.endswith("javascript")
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", ["none.js", "routes.py", "..%2Froutes.py", "static/storekeep.js"])
async def test_nothing_but_the_scripts_is_served(gateway, path):
    """No other file can be asked for."""
    assert (await gateway.get(f"/widget/{path}")).status == 404
