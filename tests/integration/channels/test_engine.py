"""The engine behind HTTP: what counts as a complete turn, and what as a failure."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from channels.engine import RasaEngine
from channels.errors import EngineUnavailable, TurnFailed

pytestmark = pytest.mark.integration

REQUEST = {"conversation": "c-1", "message_id": "m-1", "text": "hi", "metadata": {}}
REPLIES = [
    {"type": "text", "text": "Hi"},
    {"type": "choices", "text": "?", "choices": [{"title": "A", "payload": "/a"}]},
    {
        "type": "order",
        "text": "Your order",
        "order": {
            "number": "SK-1",
            "status": "On its way",
            "placed_at": "2026-05-04T12:00:00Z",
            "items": [
                {"title": "Kettle", "text": "red", "quantity": 1, "price": "€1", "image": None}
            ],
            "total": "€1",
            "parcels": [],
        },
    },
    {"type": "handoff", "text": "One moment", "reason": "asked", "facts": {"intent": "x"}},
]
COMPLETE = {"turn_complete": True, "message_id": "m-1", "replies": REPLIES}

Rasa = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeRasa:
    """Answers as the test says, and keeps what it was asked."""

    def __init__(self) -> None:
        self.answer: Rasa = says(COMPLETE)
        self.asked: list[tuple[str, object]] = []

    async def play(self, request: web.Request) -> web.StreamResponse:
        """Takes a request as Rasa would."""
        body = await request.json() if request.can_read_body else None
        self.asked.append((request.headers.get("Authorization", ""), body))
        return await self.answer(request)


def says(content: object, status: int = 200) -> Rasa:
    """Always the same answer."""

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(content, status=status)

    return answer


@pytest.fixture
def rasa() -> FakeRasa:
    """A Rasa server that does as it is told."""
    return FakeRasa()


@pytest.fixture
async def engine(rasa) -> AsyncIterator[RasaEngine]:
    """The engine, connected to it."""
    app = web.Application()
    app.router.add_post("/webhooks/storekeep/turn", rasa.play)
    app.router.add_get("/webhooks/storekeep/ready", rasa.play)
    async with (
        TestServer(app) as server,
        RasaEngine(str(server.make_url("/")), "secret", turn_timeout_s=0.2) as engine,
    ):
        yield engine


async def test_a_complete_turn_gives_its_replies(engine, rasa) -> None:
    """The request goes out with the token, and every type of reply comes back."""
    assert await engine.turn(REQUEST) == REPLIES
    assert rasa.asked == [("Bearer secret", REQUEST)]


@pytest.mark.parametrize(
    "content",
    [
        [],
        {},
        {**COMPLETE, "turn_complete": False},
        {**COMPLETE, "message_id": "m-2"},
        {**COMPLETE, "replies": []},
        {**COMPLETE, "replies": [{"type": "text"}]},
        {**COMPLETE, "replies": [{"type": "video", "text": "?"}]},
        {**COMPLETE, "replies": [{"type": "choices", "text": "?", "choices": [{"title": "A"}]}]},
    ],
)
async def test_anything_but_a_complete_turn_is_a_failure(engine, rasa, content) -> None:
    """An empty or malformed success is none."""
    rasa.answer = says(content)

    with pytest.raises(TurnFailed):
        await engine.turn(REQUEST)


@pytest.mark.parametrize("status", [400, 500])
async def test_an_error_of_the_turn_is_a_failure(engine, rasa, status) -> None:
    """Rasa is there and could not do it."""
    rasa.answer = says({"error": {"code": "action-failed"}}, status)

    with pytest.raises(TurnFailed, match=str(status)):
        await engine.turn(REQUEST)


@pytest.mark.parametrize("status", [401, 404, 503])
async def test_an_engine_that_cannot_do_any_turn_is_unavailable(engine, rasa, status) -> None:
    """A wrong token, a missing channel or absent actions are no fault of the message."""
    rasa.answer = says({}, status)

    with pytest.raises(EngineUnavailable) as raised:
        await engine.turn(REQUEST)
    assert not isinstance(raised.value, TurnFailed)


async def test_a_turn_that_takes_too_long_is_a_failure(engine, rasa) -> None:
    """No answer within the limit is no answer."""
    never = asyncio.Event()

    async def wait(_: web.Request) -> web.Response:
        await never.wait()
        return web.Response()

    rasa.answer = wait
    with pytest.raises(TurnFailed, match=r"0\.2 s"):
        await engine.turn(REQUEST)
    never.set()


async def test_a_connection_lost_in_mid_turn_is_unavailable(engine, rasa) -> None:
    """An engine that dies is waited for."""

    async def die(request: web.Request) -> web.Response:
        request.transport.abort()
        return web.Response()

    rasa.answer = die
    with pytest.raises(EngineUnavailable) as raised:
        await engine.turn(REQUEST)
    assert not isinstance(raised.value, TurnFailed)


async def test_nobody_there_is_unavailable(unused_tcp_port) -> None:
    """A refused connection is no failed turn, and not ready."""
    async with RasaEngine(f"http://127.0.0.1:{unused_tcp_port}", "secret") as engine:
        assert not await engine.is_ready()
        with pytest.raises(EngineUnavailable) as raised:
            await engine.turn(REQUEST)
    assert not isinstance(raised.value, TurnFailed)


@pytest.mark.parametrize(("status", "is_ready"), [(200, True), (503, False), (401, False)])
async def test_ready_means_that_the_channel_says_so(engine, rasa, status, is_ready) -> None:
    """Only a success of the channel itself counts."""
    rasa.answer = says({}, status)

    assert await engine.is_ready() is is_ready
