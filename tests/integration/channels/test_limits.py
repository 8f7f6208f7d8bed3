"""How much one visitor, one address and one guesser may ask of the gateway."""

from ipaddress import ip_network

import pytest
from aiohttp import WSMsgType
from argon2 import PasswordHasher

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import AgentAccount, GatewayConfig
from channels.desk.auth import CSRF_HEADER
from channels.desk.routes import ONE_NAME
from channels.rate import Rate

pytestmark = pytest.mark.integration

ONCE = Rate(burst=1, per_second=0.01)
HERE, THERE = {"X-Forwarded-For": "198.51.100.1"}, {"X-Forwarded-For": "198.51.100.2"}
_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
ANNA = AgentAccount(login="anna", name="Anna", password_hash=_HASH)
LOOPBACK = (ip_network("127.0.0.1/32"),)


class Silence:
    """A dialogue engine that has little to say."""

    async def turn(self, request):
        """Answers at once."""
        return [{"type": "text", "text": "Yes."}]

    async def is_ready(self):
        """Always is."""
        return True


@pytest.fixture
def gateway(aiohttp_client):
    """Starts a gateway behind a proxy that it trusts."""

    async def start(**limits):
        options = {"agents": (ANNA,), "trusted_proxies": LOOPBACK, **limits}
        config = GatewayConfig(api_key="key", session_secret=b"s" * 32, **options)
        app = build_app(
            config,
            engine=Silence(),
            conversations=MemoryConversations(),
            ended_sessions=MemoryEndedSessions(),
            shop=None,
        )
        client = await aiohttp_client(app)
        client.origin = str(client.make_url("/")).rstrip("/")
        return client

    return start


async def arrive(client, token=None, **headers):
    """Returns a tab's socket and the gateway's first frame, or how it hung up."""
    socket = await client.ws_connect("/widget/ws", headers={"Origin": client.origin, **headers})
    await socket.send_json({"type": "hello", "token": token})
    frame = await socket.receive(timeout=5)
    return socket, frame.json() if frame.type is WSMsgType.TEXT else socket.close_code


async def say(socket, message_id):
    """Sends a message and returns its acknowledgement or refusal."""
    await socket.send_json({"type": "message", "id": message_id, "text": "hi"})
    while (frame := await socket.receive_json(timeout=5))["type"] not in ("ack", "error"):
        pass
    return frame.get("code", "ack"), frame["id"]


async def log_in(client, password, name="anna", **headers):
    """Returns the status of a log-in."""
    headers = {"Origin": client.origin, CSRF_HEADER: "1", **headers}
    body = {"name": name, "password": password}
    return (await client.post("/desk/api/session", json=body, headers=headers)).status


async def test_messages_of_one_visitor_are_refused_one_by_one(gateway):
    """A flood is stopped with each message's id, so that none vanishes in silence."""
    tab, _ = await arrive(await gateway(visitor_rate=ONCE))
    assert await say(tab, "message-1") == ("ack", "message-1")
    assert await say(tab, "message-2") == ("rate-limited", "message-2")


async def test_visitors_of_one_address_share_what_it_may_send(gateway):
    """Many conversations from one place are no way around the pace of one."""
    client = await gateway(client_rate=Rate(burst=3, per_second=0.01))
    (one, _), (other, _) = await arrive(client, **HERE), await arrive(client, **HERE)
    assert await say(one, "message-1") == ("ack", "message-1")
    assert await say(other, "message-2") == ("rate-limited", "message-2")

    elsewhere, _ = await arrive(client, **THERE)
    assert await say(elsewhere, "message-3") == ("ack", "message-3")


async def test_what_is_no_frame_counts_as_one(gateway):
    """Nonsense costs as much as sense."""
    tab, _ = await arrive(await gateway(visitor_rate=ONCE))
    await tab.send_str("nonsense")
    assert (await tab.receive_json(timeout=5))["code"] == "bad-request"
    assert await say(tab, "message-1") == ("rate-limited", "message-1")


async def test_one_address_begins_so_many_conversations(gateway):
    """Whoever has a conversation comes back to it; a new one has to wait or come from elsewhere."""
    client = await gateway(new_visitor_rate=ONCE)
    _, welcome = await arrive(client, **HERE)

    assert (await arrive(client, **HERE))[1] == 1013, "try again later"
    assert (await arrive(client, welcome["token"], **HERE))[1]["type"] == "welcome"
    assert (await arrive(client, **THERE))[1]["type"] == "welcome"


async def test_wrong_passwords_are_slowed_down(gateway):
    """A guesser gets some tries at a name, and then even the right password waits."""
    client = await gateway()
    tries = [await log_in(client, "guess", **HERE) for _ in range(ONE_NAME.burst + 1)]
    assert tries == [401] * ONE_NAME.burst + [429]
    assert await log_in(client, "secret", **HERE) == 429


async def test_nobody_locks_an_agent_out_from_elsewhere(gateway):
    """Tries at a name count against the address that they come from."""
    client = await gateway()
    for _ in range(ONE_NAME.burst + 1):
        await log_in(client, "guess", **HERE)
    assert await log_in(client, "secret", **THERE) == 200


async def test_other_names_are_no_way_around(gateway, monkeypatch):
    """One address has an end to its tries, however many names it tries them at."""
    monkeypatch.setattr("channels.desk.routes.ONE_CLIENT", ONCE)
    client = await gateway()
    assert await log_in(client, "guess", "anna", **HERE) == 401
    assert await log_in(client, "guess", "ben", **HERE) == 429


async def test_right_passwords_count_for_nothing(gateway):
    """An agent may log in as often as they like."""
    client = await gateway()
    assert {await log_in(client, "secret", **HERE) for _ in range(ONE_NAME.burst + 5)} == {200}


async def test_a_stranger_cannot_name_another_address(gateway):
    """Without a trusted proxy the header changes nothing."""
    client = await gateway(new_visitor_rate=ONCE, trusted_proxies=())
    await arrive(client, **HERE)
    assert (await arrive(client, **THERE))[1] == 1013
