"""A whole running shop, and a real browser to meet it with: the machine's or Playwright's own."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Error, Page, async_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")

START_LIMIT_S = 600  # a first start also builds the model and the indexes
STOP_LIMIT_S = 30


@dataclass(frozen=True)
class RunningShop:
    """All processes of a shop, with the demo's records in a home of its own."""

    url: str
    home: Path
    agents: Mapping[str, str]  # desk login → password
    api_key: str


@pytest.fixture(scope="session")
def running_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningShop]:
    """A shop started by `storekeep up`, as a user would, and stopped by Ctrl-C."""
    home, port = tmp_path_factory.mktemp("home"), unused_port()
    url = f"http://127.0.0.1:{port}"
    output = home / "up.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "storekeep", "up"],
            env={**os.environ, "STOREKEEP_HOME": str(home), "STOREKEEP_PORT": str(port)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + START_LIMIT_S
        while not _is_ready(url):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The shop did not start:\n{output.read_text()[-4000:]}")
            time.sleep(0.2)
        secrets = json.loads((home / "secrets.json").read_text())
        yield RunningShop(url, home, secrets["agents"], secrets["api_key"])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_LIMIT_S)


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == http.HTTPStatus.OK)
    except (urllib.error.URLError, OSError, http.client.HTTPException):
        return False


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A browser without a window. Where there is none the test is skipped, or fails in CI."""
    sandbox = () if os.geteuid() else ("--no-sandbox",)
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    async with async_playwright() as playwright:
        try:
            browser = await playwright.chromium.launch(
                executable_path=executable, args=[*QUIET, *sandbox]
            )
        except Error as error:
            no_browser = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            no_browser(f"There is no browser: install Chromium. {error.message.splitlines()[0]}")
        yield browser
        await browser.close()


@pytest.fixture
def serving() -> Callable[[web.Application, int], AbstractAsyncContextManager[None]]:
    """Runs an application on a port as long as a context lasts."""

    @asynccontextmanager
    async def serve(app: web.Application, port: int) -> AsyncIterator[None]:
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield
        finally:
            await runner.cleanup()

    return serve


@pytest.fixture
def violations() -> Callable[[Page], Awaitable[list[tuple[str, list[list[str]]]]]]:
    """Tells what axe-core finds wrong on a page, by rule and place."""

    async def find(page: Page) -> list[tuple[str, list[list[str]]]]:
        found = await Axe().run(page)
        return [
            (each["id"], [node["target"] for node in each["nodes"]])
            for each in found.response["violations"]
        ]

    return find
