"""Rasa is killed while an action runs: nothing is lost, and nothing happens twice."""

import asyncio
import dataclasses
import json
import re
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from storekeep.home import Home
from storekeep.processes import RunFile
from storekeep.settings import Settings, read
from storekeep.supervisor import Service, Supervisor
from storekeep.up import services

pytestmark = pytest.mark.e2e

KEY = "a-key-of-this-test"
START_LIMIT_S = 300
ACTS = b'"next_action": "action_ask_request_form_next_step"'
UP_TO_THE_SUMMARY = (
    "please cancel order SK-1054, my e-mail is ada@example.com",
    "I do not need it any more",
    "{code}",
)


class Wire:
    """Stands between Rasa and the actions, and can hold the step that acts: its call or its answer."""

    def __init__(self, actions_url: str) -> None:
        self._actions_url = actions_url
        self.hold = ""
        self.held = asyncio.Event()
        self.go_on = asyncio.Event()

    def app(self) -> web.Application:
        """Returns the server that Rasa takes for the actions."""
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path}", self._relay)
        return app

    async def _relay(self, request: web.Request) -> web.Response:
        body = await request.read()
        acts = ACTS in body
        if acts:
            await self._wait_if_held("call")
        headers = {"Authorization": request.headers.get("Authorization", "")}
        url = f"{self._actions_url}{request.path}"
        async with (
            aiohttp.ClientSession(headers=headers) as http,
            http.request(request.method, url, data=body or None) as response,
        ):
            answer = await response.read()
        if acts:
            await self._wait_if_held("answer")
        return web.Response(body=answer, status=response.status, content_type="application/json")

    async def _wait_if_held(self, what: str) -> None:
        if self.hold == what:
            self.hold = ""
            self.held.set()
            await self.go_on.wait()


class Shop:
    """The real processes on a home of their own, with the wire between two of them."""

    def __init__(self, home: Home, url: str, wire: Wire) -> None:
        self.home = home
        self.url = url
        self.wire = wire
        self.messages = 0

    async def say(self, text: str) -> list[dict[str, Any]]:
        """Writes a message as a customer would and returns the replies."""
        self.messages += 1
        message = {
            "conversation": "c-1",
            "message_id": f"m-{self.messages}",
            "text": text.format(code=self.code()),
            "wait_s": 60,
        }
        async with self._session() as http, http.post("/api/v1/messages", json=message) as response:
            return (await response.json())["replies"]

    async def transcript(self) -> list[dict[str, Any]]:
        """Returns all that was said."""
        path = "/api/v1/conversations/c-1/messages"
        async with self._session() as http, http.get(path) as response:
            return (await response.json())["messages"]

    def code(self) -> str:
        """Returns the code in the mail to the customer, once there is one."""
        texts = [mail.read_text() for mail in self.home.mails.glob("new/*")]
        return re.findall(r"\b\d{6}\b", texts[0])[0] if texts else ""

    def times_done(self) -> int:
        """Returns how often anything was done for a customer."""
        with closing(sqlite3.connect(self.home.shop_db)) as records:
            return records.execute("SELECT count(*) FROM ledger").fetchone()[0]

    def kill_rasa(self) -> None:
        """Ends it as a crash would."""
        record = json.loads(self.home.running.read_text())
        psutil.Process(record["children"]["rasa"]["pid"]).kill()

    def _session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(self.url, headers={"Authorization": f"Bearer {KEY}"})


@pytest.fixture
async def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Shop]:
    """A shop that runs."""
    port = unused_port()
    for name, value in (("HOME", str(tmp_path)), ("PORT", str(port)), ("API_KEY", KEY)):
        monkeypatch.setenv(f"STOREKEEP_{name}", value)
    settings, home = read(Settings), Home(tmp_path)
    home.prepare()
    home.secrets()
    build = await asyncio.create_subprocess_exec(sys.executable, "-m", "storekeep", "build")
    assert await build.wait() == 0
    actions, rasa, gateway = services(settings, home)
    wire = Wire(actions.ready_url.removesuffix("/health"))
    async with TestServer(wire.app()) as server:
        rasa = reaching(rasa, str(server.make_url("/webhook")))
        supervisor = Supervisor(
            (actions, rasa, gateway), logs=home.logs, record=RunFile(home.running), say=print
        )
        ready = asyncio.Event()
        running = asyncio.create_task(supervisor.run(ready.set))
        try:
            async with asyncio.timeout(START_LIMIT_S):
                await ready.wait()
            yield Shop(home, f"http://127.0.0.1:{port}", wire)
        finally:
            wire.go_on.set()
            supervisor.stop()
            await running


def reaching(rasa: Service, actions_url: str) -> Service:
    """Returns the service with another way to the actions."""
    environment = {**rasa.environment, "STOREKEEP_ACTIONS_URL": actions_url}
    return dataclasses.replace(rasa, environment=environment)


@pytest.mark.parametrize(("held", "done_before"), [("call", 0), ("answer", 1)])
async def test_what_was_confirmed_is_done_once_and_said_once(shop, held, done_before):
    """Whether the crash comes before the order was cancelled or after: the customer waits and reads."""
    for text in UP_TO_THE_SUMMARY:
        summary = await shop.say(text)
    assert "confirm" in summary[-1]["text"]

    shop.wire.hold = held
    answering = asyncio.create_task(shop.say("yes"))
    async with asyncio.timeout(30):
        await shop.wire.held.wait()
    assert shop.times_done() == done_before
    shop.kill_rasa()
    shop.wire.go_on.set()

    replies = await answering
    assert "cancelled" in replies[0]["text"]
    assert shop.times_done() == 1
    said = [message for message in await shop.transcript() if message["author"] != "system"]
    assert [each["text"] for each in said if each["author"] == "customer"][-1] == "yes"
    assert [each for each in said if each["in_reply_to"] == "m-4"] == replies
