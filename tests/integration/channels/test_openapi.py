"""The OpenAPI description and the API agree, whatever is sent."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import GatewayConfig
from channels.rate import Rate

pytestmark = pytest.mark.integration

KEY = "a-key-for-tests"
PLENTY = Rate(burst=100_000, per_second=100_000)


class Parrot:
    """Repeats what it hears."""

    async def turn(self, request):
        """Answers at once."""
        return [{"type": "text", "text": str(request.get("text"))}]

    async def is_ready(self):
        """Always is."""
        return True


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A gateway in a thread of its own."""
    loop = asyncio.new_event_loop()
    config = GatewayConfig(
        api_key=KEY, session_secret=b"s", conversation_rate=PLENTY, client_rate=PLENTY
    )
    app = build_app(
        config,
        engine=Parrot(),
        conversations=MemoryConversations(),
        ended_sessions=MemoryEndedSessions(),
        shop=None,
    )
    runner = web.AppRunner(app)

    async def start() -> str:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"

    address = loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield address
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.run_until_complete(runner.cleanup())
    loop.close()


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/api/v1/messages", "POST"),
        ("/api/v1/conversations/{conversation}/messages", "GET"),
    ],
)
def test_the_api_is_as_described(address: str, path: str, method: str) -> None:
    """Whatever is sent, status and content are among those that the description names."""
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")

    @given(case=schema[path][method].as_strategy())
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    def send(case: schemathesis.Case) -> None:
        # A choice may be well-formed and yet not have been offered.
        pressed = isinstance(case.body, dict) and "choice" in case.body
        case.call_and_validate(
            headers={"Authorization": f"Bearer {KEY}"},
            excluded_checks=[positive_data_acceptance] if pressed else [],
        )

    send()


def test_the_description_is_complete(address: str) -> None:
    """Every call of the API is described, and nothing else."""
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")

    assert {path: set(calls) for path, calls in schema.raw_schema["paths"].items()} == {
        "/api/v1/messages": {"post"},
        "/api/v1/conversations/{conversation}/messages": {"get"},
        "/api/v1/conversations/{conversation}/leave-queue": {"post"},
    }
