"""A real browser for the tests, the machine's Chromium or Playwright's own, and what it meets."""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from aiohttp import web
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Error, Page, async_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync")


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
