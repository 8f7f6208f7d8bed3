"""Who gets in at the desk, and for how long."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from aiohttp.test_utils import make_mocked_request
from argon2 import PasswordHasher

from channels.adapters.memory import MemoryEndedSessions
from channels.config import AgentAccount
from channels.desk.auth import (
    SESSION_LENGTH,
    Door,
    require_own_page,
    require_script,
)
from channels.errors import Forbidden, Unauthorized

SECRET = b"a secret of at least thirty-two bytes"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ANNA = AgentAccount(login="anna", name="Anna", password_hash=CHEAP.hash("correct horse"))
MORNING = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


class Watch:
    """A clock that a test can put forward."""

    now = MORNING

    def __call__(self) -> datetime:
        """Tells the time."""
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def door(watch: Watch) -> Door:
    return Door([ANNA], SECRET, MemoryEndedSessions(), clock=watch)


async def test_the_right_password_opens_a_session_of_that_agent(door: Door):
    """The cookie of a log-in proves the same session."""
    session, cookie = await door.log_in("anna", "correct horse")
    assert await door.read(cookie) == session
    assert session.agent == ANNA


@pytest.mark.parametrize(
    ("login", "password"),
    [("anna", "wrong"), ("anna", ""), ("nobody", "correct horse"), ("Anna", "correct horse")],
)
async def test_wrong_names_and_wrong_passwords_read_the_same(door: Door, login: str, password: str):
    """Nobody learns from a refusal which names exist."""
    with pytest.raises(Unauthorized, match=r"^Name or password is wrong\.$"):
        await door.log_in(login, password)


async def test_a_damaged_hash_lets_nobody_in():
    """A password hash that is none is no way in."""
    door = Door(
        [AgentAccount(login="anna", name="Anna", password_hash="plain")],
        SECRET,
        MemoryEndedSessions(),
    )
    with pytest.raises(Unauthorized):
        await door.log_in("anna", "plain")


async def test_a_session_ends_by_itself(door: Door, watch: Watch):
    """A cookie is worth something until the end of its day, and nothing from then on."""
    _, cookie = await door.log_in("anna", "correct horse")
    watch.now += SESSION_LENGTH - timedelta(seconds=1)
    await door.read(cookie)
    watch.now += timedelta(seconds=1)
    with pytest.raises(Unauthorized, match="is over"):
        await door.read(cookie)


async def test_a_session_that_was_ended_is_worth_nothing(door: Door):
    """Logging out ends this session, and no other of the same agent."""
    session, cookie = await door.log_in("anna", "correct horse")
    _, other = await door.log_in("anna", "correct horse")
    await door.end(session)
    await door.read(other)
    with pytest.raises(Unauthorized, match="is over"):
        await door.read(cookie)


async def test_a_restart_of_the_gateway_logs_nobody_out(door: Door, watch: Watch):
    """Another door with the same secret knows the session."""
    session, cookie = await door.log_in("anna", "correct horse")
    restarted = Door([ANNA], SECRET, MemoryEndedSessions(), clock=watch)
    assert await restarted.read(cookie) == session


async def test_a_restart_lets_nobody_in_who_has_logged_out(watch: Watch):
    """What was ended stays ended, as long as the list of it is kept."""
    ended = MemoryEndedSessions()
    door = Door([ANNA], SECRET, ended, clock=watch)
    session, cookie = await door.log_in("anna", "correct horse")
    await door.end(session)

    with pytest.raises(Unauthorized, match="is over"):
        await Door([ANNA], SECRET, ended, clock=watch).read(cookie)


async def test_an_agent_who_is_gone_is_out_at_once(door: Door, watch: Watch):
    """A session is worth nothing when its agent's account was removed."""
    _, cookie = await door.log_in("anna", "correct horse")
    with pytest.raises(Unauthorized):
        await Door([], SECRET, MemoryEndedSessions(), clock=watch).read(cookie)


CLAIMS = {
    "aud": "desk",
    "exp": MORNING + timedelta(hours=1),
    "jti": "x",
    "sub": "anna",
}


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "rubbish",
        jwt.encode(CLAIMS, SECRET, "HS256"),  # the secret itself signs nothing
        jwt.encode(CLAIMS, None, "none"),
    ],
)
async def test_a_forged_cookie_is_refused(door: Door, cookie: str):
    """Only what this gateway signed for the desk is a session."""
    with pytest.raises(Unauthorized, match="Please log in"):
        await door.read(cookie)


@pytest.mark.parametrize("origin", ["https://shop.example:8443", "http://shop.example:8443"])
def test_the_desks_own_page_may_call_behind_a_proxy_too(origin: str):
    """Host and port of the origin count, whether or not a proxy ended TLS."""
    require_own_page(_request(Origin=origin))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "https://shop.example"},
        {"Origin": "https://shop.example:8443.evil.example"},
        {"Origin": "https://shop.example:8443@evil.example"},
    ],
)
def test_no_other_page_may_call(headers: dict[str, str]):
    """Another site, another port and a caller without an origin are refused."""
    with pytest.raises(Forbidden):
        require_own_page(_request(**headers))


def test_a_plain_form_cannot_change_anything():
    """A change needs a header that only a script of the desk's own page can send."""
    require_script(_request(**{"X-Storekeep-Desk": "1"}))
    with pytest.raises(Forbidden, match="X-Storekeep-Desk"):
        require_script(_request())


def _request(**headers: str):
    return make_mocked_request("POST", "/desk/", {"Host": "shop.example:8443", **headers})
