"""Starting, killing and stopping a whole shop."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import pytest
from aiohttp.test_utils import unused_port

pytestmark = pytest.mark.e2e

KEY = "a-key-of-this-test"
START_LIMIT_S = 300
STOP_LIMIT_S = 15
QUESTION = {
    "conversation": "c-1",
    "message_id": "m-1",
    "text": "Where is my order SK-1001? My e-mail is ada@example.com",
    "wait_s": 30,
}


class Shop:
    """One home and port, on which shops are started one after another."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.started: list[asyncio.subprocess.Process] = []
        self.url = f"http://127.0.0.1:{(port := unused_port())}"
        self._settings = {
            "STOREKEEP_HOME": str(home),
            "STOREKEEP_PORT": str(port),
            "STOREKEEP_API_KEY": KEY,
        }

    async def start(self) -> asyncio.subprocess.Process:
        """Starts `storekeep up` and waits until a whole turn can be answered."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "storekeep", "up"),
            env={**os.environ, **self._settings},
            stdout=asyncio.subprocess.DEVNULL,
        )
        self.started.append(process)
        async with asyncio.timeout(START_LIMIT_S), aiohttp.ClientSession(self.url) as session:
            while self.runner() != process.pid or not await is_ready(session):
                assert process.returncode is None
                await asyncio.sleep(0.2)
        return process

    async def ask(self) -> dict[str, Any]:
        """Asks the question as a shop's program would, and returns the answer."""
        headers = {"Authorization": f"Bearer {KEY}"}
        async with (
            aiohttp.ClientSession(self.url, headers=headers) as session,
            session.post("/api/v1/messages", json=QUESTION) as response,
        ):
            return await response.json()

    def runner(self) -> int | None:
        """Returns the number of the process that has the home and has cleaned up in it."""
        with suppress(FileNotFoundError):
            return json.loads((self.home / "run.json").read_text())["pid"]
        return None

    def processes(self) -> list[psutil.Process]:
        """Returns the supervisor and its children as recorded in the home."""
        record = json.loads((self.home / "run.json").read_text())
        children = [child["pid"] for child in record["children"].values()]
        return [psutil.Process(pid) for pid in (record["pid"], *children)]


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop that has never run; whatever of it still runs afterwards is ended."""
    shop = Shop(tmp_path)
    yield shop
    for process in shop.started:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def is_ready(session: aiohttp.ClientSession) -> bool:
    """Whether a whole turn can be answered."""
    with suppress(aiohttp.ClientError):
        async with session.get("/readyz") as response:
            return response.status == 200
    return False


def lives(process: psutil.Process) -> bool:
    """Whether a process runs; one that only waits for its parent to notice its end does not."""
    with suppress(psutil.NoSuchProcess):
        return process.status() != psutil.STATUS_ZOMBIE
    return False


async def test_a_shop_survives_kill_and_leaves_nothing_behind(shop: Shop):
    """After kill -9 the next start works and still knows the answer; Ctrl-C ends every process."""
    first = await shop.start()
    answer = await shop.ask()
    assert [reply["type"] for reply in answer["replies"]] == ["order"]

    left = shop.processes()
    first.kill()
    await first.wait()
    second = await shop.start()
    assert not any(lives(process) for process in left)
    assert await shop.ask() == answer

    family = shop.processes()
    assert len(family) == 4
    second.send_signal(signal.SIGINT)
    assert await asyncio.wait_for(second.wait(), STOP_LIMIT_S) == 0
    assert not any(lives(process) for process in family)
