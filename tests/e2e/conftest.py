"""A real browser for the tests: the machine's Chromium, or Playwright's own."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Error, async_playwright

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
