"""A customer who waits for a person: told where they stand, and free to go on with the bot."""

import pytest
from argon2 import PasswordHasher

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import AgentAccount, GatewayConfig
from channels.desk.auth import COOKIE, CSRF_HEADER
from channels.keys import SWITCHBOARD, WAITING_LINE
from channels.wording import LEAVES_QUEUE, LEFT_QUEUE

pytestmark = pytest.mark.integration

_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
ANNA = AgentAccount(login="anna", name="Anna", password_hash=_HASH)
FIRST = {"position": 1, "here": False, "opens": None}


class Bot:
    """Hands over whoever asks for a person, and repeats what others say."""

    def __init__(self):
        self.heard = []

    async def turn(self, request):
        """Answers at once."""
        self.heard.append(request["text"])
        if request["text"] == "person":
            return [{"type": "handoff", "text": "One moment.", "reason": "asked", "facts": {}}]
        return [{"type": "text", "text": f"You said: {request['text']}"}]

    async def is_ready(self):
        """Always is."""
        return True


@pytest.fixture
def bot():
    return Bot()


@pytest.fixture
async def gateway(aiohttp_client, bot):
    client = await aiohttp_client(
        build_app(
            GatewayConfig(api_key="key", session_secret=b"s" * 32, agents=(ANNA,)),
            engine=bot,
            conversations=MemoryConversations(),
            ended_sessions=MemoryEndedSessions(),
            shop=None,
        )
    )
    client.origin = str(client.make_url("/")).rstrip("/")
    return client


@pytest.fixture
def call(gateway):
    """Calls the HTTP API and returns status and content."""
    ids = iter(range(99))

    async def call(path="messages", *, text=None, conversation="c"):
        headers = {"Authorization": "Bearer key"}
        if text is None:
            answer = await gateway.post(f"/api/v1/conversations/{path}", headers=headers)
        else:
            body = {"conversation": conversation, "message_id": f"m{next(ids)}", "text": text}
            answer = await gateway.post("/api/v1/messages", json=body, headers=headers)
        return answer.status, await answer.json()

    return call


@pytest.fixture
async def tab(gateway):
    """A browser that waits for a person."""
    socket = await gateway.ws_connect("/widget/ws", headers={"Origin": gateway.origin})
    await socket.send_json({"type": "hello", "token": None})
    await until(socket, "welcome")
    await socket.send_json({"type": "message", "id": "message-1", "text": "person"})
    assert (await until(socket, "control"))["control"] == "queue"
    return socket


async def until(socket, type_, **expected):
    """Returns the next frame of this type that has these values."""
    while True:
        frame = await socket.receive_json(timeout=5)
        if frame["type"] == type_ and expected.items() <= frame.items():
            return frame


async def test_a_caller_reads_where_the_customer_stands(call):
    """Each who waits is counted, those longer in the queue first; with the bot there is no queue."""
    assert (await call(text="hi"))[1]["queue"] is None
    assert (await call(text="person"))[1]["queue"] == FIRST
    _, second = await call(text="person", conversation="other")
    assert second["queue"] == {**FIRST, "position": 2}


async def test_the_customer_goes_on_with_the_bot(call, bot):
    """It answers again, first of all what was written meanwhile; once more changes nothing."""
    await call(text="person")
    await call(text="where is my order?")
    status, left = await call("c/leave-queue")
    assert (status, left["control"], left["queue"]) == (200, "bot", None)
    assert (await call("c/leave-queue"))[0] == 200

    await call(text="hello")
    assert bot.heard == ["person", "where is my order?", "hello"]


@pytest.mark.parametrize("words", ["Never mind!", "I don't want to wait…", "FORGET IT"])
async def test_a_customer_may_say_so_in_words(call, bot, words):
    """It is answered by what happened, and the bot does not wonder what it means."""
    await call(text="person")
    status, answer = await call(text=words)

    assert (status, answer["control"], answer["complete"]) == (200, "bot", True)
    assert [reply["text"] for reply in answer["replies"]] == [LEFT_QUEUE]
    assert (await call(text="hello"))[1]["replies"][0]["text"] == "You said: hello"
    assert bot.heard == ["person", "hello"]


async def test_the_same_words_mean_nothing_to_the_gateway_elsewhere(call, bot):
    """With the bot in control the bot understands them."""
    await call(text="never mind")
    assert bot.heard == ["never mind"]


async def test_other_words_wait_for_the_person(call, bot):
    """A customer who goes on writing keeps the place."""
    await call(text="person")
    assert (await call(text="please never mind my typos"))[1]["control"] == "queue"
    assert bot.heard == ["person"]


def test_the_words_are_written_as_they_are_compared():
    """In small letters, without punctuation."""
    assert all(words == words.casefold().strip(" .!?") for words in LEAVES_QUEUE)


async def test_nobody_leaves_a_person(call, gateway):
    """Once an agent has come, and where there is no such conversation, it is refused."""
    await call(text="person")
    await gateway.app[SWITCHBOARD].take("api.c", agent="Anna")
    assert (await call("c/leave-queue"))[1]["error"]["code"] == "control-lost"
    assert (await call("none/leave-queue"))[0] == 404


async def test_a_browser_is_told_where_it_stands_as_the_queue_moves(tab, call, gateway):
    """When somebody before it leaves, and when an agent opens the desk or goes."""
    assert (await until(tab, "queue"))["position"] == 1
    with gateway.app[WAITING_LINE].presence.at_the_desk("anna"):
        assert (await until(tab, "queue", here=True))["position"] == 1
    assert await until(tab, "queue", here=False)


async def test_a_browser_moves_up(call, gateway):
    """Whoever comes back reads the place at once, and each step after it."""
    await call(text="person")
    tab = await gateway.ws_connect("/widget/ws", headers={"Origin": gateway.origin})
    await tab.send_json({"type": "hello", "token": None})
    token = (await until(tab, "welcome"))["token"]
    await tab.send_json({"type": "message", "id": "message-1", "text": "person"})
    assert await until(tab, "queue", position=2)

    again = await gateway.ws_connect("/widget/ws", headers={"Origin": gateway.origin})
    await again.send_json({"type": "hello", "token": token})
    assert (await until(again, "welcome"))["queue"]["position"] == 2
    await call("c/leave-queue")
    assert await until(again, "queue", position=1)


async def test_a_browser_leaves_by_its_button(tab):
    """The control comes back to the bot, and the transcript says so."""
    await tab.send_json({"type": "leave-queue"})
    assert await until(tab, "control", control="bot")
    assert (await until(tab, "message"))["message"]["text"] == LEFT_QUEUE


async def test_an_agent_at_the_desk_is_here(tab, gateway):
    """As long as the desk's page is open, and no longer."""
    answer = await gateway.post(
        "/desk/api/session",
        json={"name": "anna", "password": "secret"},
        headers={"Origin": gateway.origin, CSRF_HEADER: "1"},
    )
    cookie = f"{COOKIE}={answer.cookies[COOKIE].value}"
    desk = await gateway.ws_connect(
        "/desk/ws", headers={"Origin": gateway.origin, "Cookie": cookie}
    )
    assert await until(tab, "queue", here=True)
    await desk.close()
    assert await until(tab, "queue", here=False)
