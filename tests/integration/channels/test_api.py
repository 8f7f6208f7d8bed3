"""The HTTP API, as a shop's own program uses it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from channels.adapters.memory import MemoryEndedSessions
from channels.adapters.sql import SqlConversations
from channels.app import build_app
from channels.config import GatewayConfig
from channels.errors import EngineUnavailable, TurnFailed
from channels.keys import CONVERSATIONS, DISPATCHER, SWITCHBOARD
from channels.rate import Rate
from channels.text import MAX_LENGTH

pytestmark = pytest.mark.integration

KEY = "a-key-for-tests"
MESSAGES = "/api/v1/messages"


class Engine:
    """Repeats what it hears, hands over when asked for a human, and can be held or taken down."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.free.set()
        self.begun = asyncio.Event()
        self.down: Exception | None = None
        self.turns: list[str] = []

    async def turn(self, request):
        """Answers when it may."""
        self.turns.append(request["message_id"])
        self.begun.set()
        await self.free.wait()
        if self.down:
            raise self.down
        said = request.get("text") or request.get("payload")
        if said == "human":
            return [{"type": "handoff", "text": "One moment.", "reason": "asked", "facts": {}}]
        return [
            {"type": "text", "text": f"You said: {said}"},
            {"type": "choices", "text": "More?", "choices": [{"title": "Yes", "payload": "/y"}]},
        ]

    async def is_ready(self):
        """Tells whether it is up."""
        return self.down is None


@dataclass
class Caller:
    """A program with the key."""

    client: TestClient
    engine: Engine

    @property
    def app(self):
        """The gateway."""
        return self.client.server.app

    async def call(self, method: str, path: str, *, key: str | None = KEY, **options: Any):
        """Makes one call; returns status and content."""
        headers = options.pop("headers", {})
        if key is not None:
            headers = {"Authorization": f"Bearer {key}", **headers}
        async with self.client.request(method, path, headers=headers, **options) as response:
            return response.status, await response.json()

    async def write(self, text: str = "hi", message_id: str = "m-1", **more: Any):
        """Sends a message of conversation c-1."""
        body = {"conversation": "c-1", "message_id": message_id, "text": text, **more}
        return await self.call("POST", MESSAGES, json=body)

    async def read(self, after: int = 0, conversation: str = "c-1"):
        """Reads a conversation."""
        path = f"/api/v1/conversations/{conversation}/messages"
        return await self.call("GET", path, params={"after": str(after)})


@pytest.fixture
def config() -> GatewayConfig:
    """What the gateway is told."""
    return GatewayConfig(
        api_key=KEY,
        session_secret=b"secret",
        conversation_rate=Rate(burst=20, per_second=0.01),
    )


@pytest.fixture
async def caller(tmp_path: Path, config: GatewayConfig) -> AsyncIterator[Caller]:
    """A running gateway on SQLite, and somebody with its key."""
    engine = Engine()
    async with SqlConversations.open(str(tmp_path / "gateway.db")) as conversations:
        app = build_app(
            config,
            engine=engine,
            conversations=conversations,
            ended_sessions=MemoryEndedSessions(),
            shop=None,
        )
        async with TestClient(TestServer(app)) as client:
            yield Caller(client, engine)


def is_error(answer: tuple[int, Any], status: int, code: str) -> bool:
    """Tells whether an answer is this error, in the shape that all have."""
    error = answer[1]["error"]
    assert set(answer[1]) == {"error"}
    assert set(error) == {"code", "message", "request_id"}
    assert error["message"]
    assert error["request_id"]
    return (answer[0], error["code"]) == (status, code)


async def test_a_message_is_answered(caller) -> None:
    """The answer names the message, who is in control, and the replies in order."""
    status, turn = await caller.write("where is my order?")

    assert status == 200
    replies = turn.pop("replies")
    assert turn == {
        "conversation": "c-1",
        "message_id": "m-1",
        "control": "bot",
        "agent": None,
        "queue": None,
        "complete": True,
    }
    assert [(r["seq"], r["type"], r["text"]) for r in replies] == [
        (2, "text", "You said: where is my order?"),
        (3, "choices", "More?"),
    ]
    assert all(reply["in_reply_to"] == "m-1" for reply in replies)


async def test_the_same_message_has_the_same_answer_and_one_effect(caller) -> None:
    """Repeating a call is safe."""
    first = await caller.write()

    assert await caller.write() == first
    assert caller.engine.turns == ["m-1"]
    assert len((await caller.read())[1]["messages"]) == 3


async def test_the_same_message_sent_at_once_has_one_answer(caller) -> None:
    """Calls that overtake each other get the same answer, from one turn."""
    answers = await asyncio.gather(*(caller.write() for _ in range(5)))

    assert all(answer == answers[0] for answer in answers)
    assert caller.engine.turns == ["m-1"]


async def test_a_choice_is_pressed_by_its_id(caller) -> None:
    """The bot gets what the button stands for; outsiders never see it."""
    _, turn = await caller.write()
    choice = turn["replies"][1]["choices"][0]
    pressed = {"conversation": "c-1", "message_id": "m-2", "choice": choice["id"]}
    _, next_turn = await caller.call("POST", MESSAGES, json=pressed)

    assert set(choice) == {"id", "title"}
    assert next_turn["replies"][0]["text"] == "You said: /y"
    _, transcript = await caller.read(after=3)
    assert transcript["messages"][0]["text"] == "Yes"
    assert transcript["messages"][0]["choice"] == choice["id"]


@pytest.mark.parametrize("choice", ["", "/restart", "a b", "x" * 101, "é", "a\n", None, 7])
async def test_what_can_be_no_choice_is_malformed(caller, choice) -> None:
    """Nothing but a short plain id gets as far as the store, and the message says which field."""
    body = {"conversation": "c-1", "message_id": "m-1", "choice": choice}
    status, answer = await caller.call("POST", MESSAGES, json=body)

    assert (status, answer["error"]["code"]) == (400, "bad-request")
    assert answer["error"]["message"].startswith("choice: ")
    assert await caller.app[CONVERSATIONS].waiting() == []


async def test_a_choice_of_another_conversation_is_unknown(caller) -> None:
    """A button works where it was offered."""
    _, turn = await caller.write()
    choice = turn["replies"][1]["choices"][0]["id"]
    stolen = {"conversation": "c-2", "message_id": "m-1", "choice": choice}

    assert is_error(await caller.call("POST", MESSAGES, json=stolen), 400, "unknown-choice")
    assert is_error(await caller.read(conversation="c-2"), 404, "unknown-conversation")


async def test_a_commands_text_is_only_text(caller) -> None:
    """What looks like a command of the engine goes on as text, and not as a payload."""
    _, turn = await caller.write("/restart")

    assert turn["replies"][0]["text"] == "You said: /restart"


async def test_an_answer_that_is_late_is_fetched_later(caller) -> None:
    """A call that does not wait long enough says so; the message is answered all the same."""
    caller.engine.free.clear()
    status, turn = await caller.write(wait_s=0)
    assert (status, turn["complete"], turn["replies"]) == (202, False, [])

    caller.engine.free.set()
    status, turn = await caller.write()
    assert (status, turn["complete"], len(turn["replies"])) == (200, True, 2)
    assert caller.engine.turns == ["m-1"]


@pytest.mark.parametrize("failure", [EngineUnavailable("down"), TurnFailed("broken")])
async def test_a_message_to_a_dead_engine_is_kept_and_answered_later(caller, failure) -> None:
    """The caller is told that the engine is away, and finds the answer when it is back."""
    slept, awake = asyncio.Event(), asyncio.Event()

    async def sleep(_: float) -> None:
        slept.set()
        await awake.wait()

    caller.app[DISPATCHER]._sleep = sleep
    caller.engine.down = failure
    call = asyncio.create_task(caller.write(wait_s=0.3))
    await slept.wait()
    assert is_error(await call, 503, "engine-unavailable")

    caller.engine.down = None
    awake.set()
    status, turn = await caller.write()
    assert (status, len(turn["replies"])) == (200, 2)
    _, transcript = await caller.read()
    assert [m["author"] for m in transcript["messages"]] == ["customer", "bot", "bot"]


async def test_a_caller_that_hangs_up_loses_nothing(caller) -> None:
    """The turn goes on without its caller."""
    caller.engine.free.clear()
    call = asyncio.create_task(caller.write())
    await caller.engine.begun.wait()
    call.cancel()
    caller.engine.free.set()

    status, turn = await caller.write()
    assert (status, len(turn["replies"])) == (200, 2)
    assert caller.engine.turns == ["m-1"]


async def test_a_handoff_and_an_agents_answer_are_read(caller) -> None:
    """Under queue and agent the call returns at once; what the agent writes is read afterwards."""
    _, turn = await caller.write("human")
    assert (turn["control"], turn["replies"][0]["text"]) == ("queue", "One moment.")

    _, waiting = await caller.write("hello?", "m-2")
    assert (waiting["control"], waiting["complete"], waiting["replies"]) == ("queue", True, [])

    await caller.app[SWITCHBOARD].take("api.c-1", agent="Anna")
    await caller.app[SWITCHBOARD].reply_as_agent("api.c-1", "Here I am.", agent="Anna")
    _, talking = await caller.write("thanks", "m-3")
    assert (talking["control"], talking["replies"]) == ("agent", [])
    _, transcript = await caller.read(after=3)
    assert transcript["agent"] == "Anna"
    assert [(m["author"], m["type"], m["agent"], m["text"]) for m in transcript["messages"]] == [
        ("system", "system", "Anna", "Anna joined the conversation."),
        ("agent", "text", "Anna", "Here I am."),
        ("customer", "text", None, "thanks"),
    ]
    assert caller.engine.turns == ["m-1"]


async def test_a_call_does_not_wait_for_a_bot_that_lost_control(caller) -> None:
    """When a human takes over in mid-turn the call returns with that control."""
    caller.engine.free.clear()
    call = asyncio.create_task(caller.write())
    await caller.engine.begun.wait()
    await caller.app[SWITCHBOARD].take("api.c-1", agent="Anna")

    status, turn = await call
    assert (status, turn["control"], turn["replies"]) == (200, "agent", [])
    caller.engine.free.set()


async def test_the_api_reaches_its_own_conversations_only(caller) -> None:
    """No id of the API is an id of another channel."""
    await caller.write()

    kept = await caller.app[CONVERSATIONS].recent(9)
    assert [(now.id, now.channel) for now in kept] == [("api.c-1", "api")]
    assert is_error(await caller.read(conversation="api.c-1"), 404, "unknown-conversation")


@pytest.mark.parametrize("key", [None, "", "wrong", KEY + "x", "schlüssel"])
@pytest.mark.parametrize(
    ("method", "path"), [("POST", MESSAGES), ("GET", "/api/v1/conversations/c-1/messages")]
)
async def test_nobody_gets_in_without_the_key(caller, key, method, path) -> None:
    """A missing or wrong key is refused before anything is read."""
    assert is_error(await caller.call(method, path, key=key), 401, "unauthorized")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe\x00",
        b'{"conversation": "c-1", "message_id": "m-1"}',
        b'{"conversation": "c-1", "message_id": "m-1", "text": null}',
        b'{"conversation": "c-1", "message_id": "m-1", "text": 5}',
        b'{"conversation": "c-1", "message_id": "m-1", "text": "a", "choice": "b"}',
        b'{"conversation": "c-1", "message_id": "m-1", "text": "a", "wait_s": 61}',
        b'{"conversation": "c-1", "message_id": "m-1", "text": "a", "wait_s": "5"}',
        b'{"conversation": "c-1", "message_id": "m-1", "text": "a", "payload": "/x"}',
        b'{"conversation": "../c", "message_id": "m-1", "text": "a"}',
        b'{"conversation": "c-1", "message_id": "m 1", "text": "a"}',
        b'{"conversation": "c-1", "message_id": "", "text": "a"}',
        b'{"conversation": "c-1", "message_id": "m-1", "text": "\\ud800"}',
    ],
)
async def test_malformed_messages_are_refused_with_the_reason(caller, body) -> None:
    """Nothing is kept of what is not understood."""
    headers = {"Content-Type": "application/json"}
    answer = await caller.call("POST", MESSAGES, data=body, headers=headers)

    assert is_error(answer, 400, "bad-request")
    assert await caller.app[CONVERSATIONS].recent(1) == []


async def test_other_content_types_are_refused(caller) -> None:
    """A form or a file is not JSON."""
    body = b'{"conversation": "c-1", "message_id": "m-1", "text": "a"}'
    for content_type in ("text/plain", "application/octet-stream", "multipart/form-data"):
        headers = {"Content-Type": content_type}
        answer = await caller.call("POST", MESSAGES, data=body, headers=headers)
        assert is_error(answer, 400, "bad-request")


@pytest.mark.parametrize("after", ["x", "-1", "1.5", "٣", "", "9" * 5000])
async def test_a_malformed_number_is_refused(caller, after) -> None:
    """Only a whole number is a place in the transcript."""
    await caller.write()
    path = "/api/v1/conversations/c-1/messages"

    assert is_error(await caller.call("GET", path, params={"after": after}), 400, "bad-request")


async def test_a_message_id_stands_for_one_text(caller) -> None:
    """The same id with another text is a conflict, and nothing changes."""
    await caller.write()

    assert is_error(await caller.write("something else"), 409, "message-id-reused")
    assert caller.engine.turns == ["m-1"]


@pytest.mark.parametrize("size", [MAX_LENGTH + 1, 100 * 1024, 512 * 1024])
async def test_what_is_too_large_is_refused(caller, size) -> None:
    """Long texts and large bodies are refused by name, and nothing is kept."""
    assert is_error(await caller.write("a" * size), 413, "too-large")
    assert await caller.app[CONVERSATIONS].recent(1) == []


@pytest.mark.parametrize("text", ["", "  ", "\u200b\u2060", "\u0000\u0007"])
async def test_nothing_to_read_is_answered_politely(caller, text) -> None:
    """An empty message gets an answer, and the engine is left alone."""
    status, turn = await caller.write(text)

    assert status == 200
    assert "could not see any text" in turn["replies"][0]["text"]
    assert caller.engine.turns == []


@pytest.mark.parametrize("text", ["👍", "היכן ההזמנה שלי?", "a\u202eb", "NUL\u0000 in it"])
async def test_unusual_text_is_answered(caller, text) -> None:
    """What can be read goes to the bot as it was written, without harmful signs."""
    _, turn = await caller.write(text)

    assert turn["replies"][0]["text"] == f"You said: {text}".replace("\u0000", "")


async def test_too_many_messages_are_slowed_down(caller) -> None:
    """Beyond its burst a conversation is told when to go on; others are not held up."""
    for number in range(20):
        assert (await caller.write(message_id=f"m-{number}"))[0] == 200

    answer = await caller.write(message_id="m-20")
    assert is_error(answer, 429, "rate-limited")
    other = {"conversation": "c-2", "message_id": "m-1", "text": "hi"}
    assert (await caller.call("POST", MESSAGES, json=other))[0] == 200


async def test_a_refused_caller_is_told_when_to_come_back(caller) -> None:
    """The wait is in the header that clients know."""
    for number in range(20):
        await caller.write(message_id=f"m-{number}")
    body = {"conversation": "c-1", "message_id": "m-20", "text": "hi"}
    headers = {"Authorization": f"Bearer {KEY}"}
    async with caller.client.post(MESSAGES, json=body, headers=headers) as response:
        assert int(response.headers["Retry-After"]) > 0


async def test_unknown_places_and_methods_have_the_same_shape_of_error(caller) -> None:
    """404 and 405 read like every other error."""
    assert is_error(await caller.call("GET", "/api/v2/messages"), 404, "not-found")
    assert is_error(await caller.call("PUT", MESSAGES), 405, "method-not-allowed")
    assert is_error(await caller.read(conversation="c-9"), 404, "unknown-conversation")


async def test_a_mistake_of_ours_shows_nothing_of_itself(caller, monkeypatch) -> None:
    """An unexpected error is a 500 without its text."""

    async def break_down(*_: object, **__: object) -> None:
        raise RuntimeError("ada@example.com")

    monkeypatch.setattr(caller.app[SWITCHBOARD], "receive", break_down)
    answer = await caller.write()

    assert is_error(answer, 500, "internal")
    assert "ada@example.com" not in str(answer)


async def test_the_request_id_goes_all_the_way(caller) -> None:
    """A caller's own id comes back and reaches the engine; a strange one is replaced."""
    seen = []
    turn = caller.engine.turn

    async def look(request):
        seen.append(request["metadata"]["request_id"])
        return await turn(request)

    caller.engine.turn = look
    for number, given in enumerate(("shop-77", "a b\tc")):
        body = {"conversation": "c-1", "message_id": f"m-{number}", "text": "hi"}
        headers = {"Authorization": f"Bearer {KEY}", "X-Request-Id": given}
        async with caller.client.post(MESSAGES, json=body, headers=headers) as response:
            assert response.headers["X-Request-Id"] == seen[-1]

    assert seen[0] == "shop-77"
    assert len(seen[1]) == 32


class TestAnAddressThatIsShared:
    @pytest.fixture
    def config(self):
        """One call, and the next after a long while."""
        return GatewayConfig(
            api_key=KEY, session_secret=b"s" * 32, client_rate=Rate(burst=1, per_second=0.01)
        )

    async def test_calls_without_the_key_spend_nothing(self, caller):
        """Outsiders behind the same proxy cannot use up what the shop's program may call."""
        for _ in range(3):
            answer = await caller.call("GET", "/api/v1/conversations/c/messages", key="wrong")
            assert is_error(answer, 401, "unauthorized")
        answer = await caller.call("GET", "/api/v1/conversations/c/messages")
        assert is_error(answer, 404, "unknown-conversation")
        answer = await caller.call("GET", "/api/v1/conversations/c/messages")
        assert is_error(answer, 429, "rate-limited")


async def test_probes_tell_life_from_readiness(caller) -> None:
    """The gateway lives without its engine, but is not ready."""
    assert await caller.call("GET", "/healthz", key=None) == (200, {"status": "ok"})
    assert await caller.call("GET", "/readyz", key=None) == (200, {"status": "ready"})

    caller.engine.down = EngineUnavailable("down")
    assert (await caller.call("GET", "/healthz", key=None))[0] == 200
    answer = await caller.call("GET", "/readyz", key=None)
    assert is_error(answer, 503, "engine-unavailable")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
async def test_metrics_are_private(caller, header) -> None:
    """This machine and the key see them; who comes through a proxy without the key does not."""
    await caller.write()
    async with caller.client.get("/metrics") as response:
        metrics = await response.text()
    assert 'storekeep_turns_total{outcome="answered"} 1.0' in metrics
    assert 'route="/api/v1/messages",status="200"' in metrics

    proxied = {header: "203.0.113.7"}
    answer = await caller.call("GET", "/metrics", key=None, headers=proxied)
    assert is_error(answer, 401, "unauthorized")
    async with caller.client.get(
        "/metrics", headers={**proxied, "Authorization": f"Bearer {KEY}"}
    ) as response:
        assert response.status == 200


async def test_every_answer_is_safe_to_open_in_a_browser(caller) -> None:
    """No answer is taken for something else, and pages run their own scripts only."""
    async with caller.client.get("/healthz") as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    async with caller.client.get("/desk/") as page:
        assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
