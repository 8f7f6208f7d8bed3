"""A shop's page with the widget on it, and customers in browsers."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import unused_port
from playwright.async_api import expect

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import GatewayConfig
from channels.keys import SWITCHBOARD
from channels.model import Control

WIDE = {"width": 1280, "height": 800}
PICTURE = "/widget/none.js"  # never found: a broken picture must not break the card

CARD = {
    "id": "kettle",
    "title": "Gooseneck Kettle",
    "text": "For pour-over coffee",
    "price": "€64.90",
    "stock": "Only 2 left",
    "image": PICTURE,
    "link": "/products/kettle",
}
ORDER = {
    "number": "SK-1001",
    "status": "On its way",
    "placed_at": "2026-11-20T09:12:00Z",
    "items": [
        {
            "title": "Tactile Keyboard",
            "text": "black",
            "quantity": 2,
            "price": "€238.00",
            "image": None,
        }
    ],
    "total": "€238.00",
    "parcels": [
        {
            "carrier": "Nordpost",
            "tracking_number": "NP 8823",
            "tracking_link": "javascript:alert(1)",
            "status": "In transit",
            "stage": "on-its-way",
            "promised": "2026-11-26T17:00:00Z",
            "events": [
                {
                    "at": "2026-11-24T06:10:00Z",
                    "text": "Left the sorting centre",
                    "place": "Leipzig",
                },
                {"at": "2026-11-23T19:40:00Z", "text": "Picked up", "place": "Hamburg"},
            ],
        }
    ],
}
EVERYTHING = [
    {"type": "text", "text": "Two\nlines, <b>no markup</b>"},
    {"type": "cards", "text": "Kettles:", "cards": [CARD, {**CARD, "link": "javascript:alert(1)"}]},
    {"type": "order", "text": "Your order is on its way.", "order": ORDER},
    {"type": "image", "text": "Size chart", "url": PICTURE},
    {"type": "link", "text": "Our returns page", "url": "https://shop.example/returns"},
    {"type": "link", "text": "Trap", "url": "javascript:alert(1)"},
    {"type": "later", "text": "A type of a later version"},
    {"type": "choices", "text": "More?", "choices": [{"title": "Yes, more", "payload": "/more"}]},
]


class Engine:
    """Shows everything it can to "show", hands over on "human", repeats the rest."""

    async def turn(self, request):
        """Answers at once."""
        match said := request.get("text") or request["payload"]:
            case "show":
                return EVERYTHING
            case "human":
                return [{"type": "handoff", "text": "One moment.", "reason": "asked", "facts": {}}]
        return [{"type": "text", "text": f"You said: {said}"}]

    async def is_ready(self):
        """Always is."""
        return True


class Shop:
    """A gateway that can be stopped and started, and a shop's page with the widget on it."""

    def __init__(self, serving):
        self._serving = serving
        self.store = MemoryConversations()
        self.gateway_port, self.page_port = unused_port(), unused_port()
        self.page = f"http://127.0.0.1:{self.page_port}/"
        self.app = None

    @asynccontextmanager
    async def gateway(self):
        """Runs the gateway."""
        config = GatewayConfig(
            api_key="key",
            session_secret=b"s" * 32,
            allowed_origins=frozenset({self.page.rstrip("/")}),
        )
        self.app = build_app(
            config,
            engine=Engine(),
            conversations=self.store,
            ended_sessions=MemoryEndedSessions(),
            shop=None,
        )
        async with self._serving(self.app, self.gateway_port):
            yield

    @asynccontextmanager
    async def pages(self):
        """Serves the shop's page under the strictest policy that it may have."""
        gateway = f"127.0.0.1:{self.gateway_port}"
        policy = (
            f"default-src 'none'; script-src http://{gateway}; connect-src ws://{gateway}; "
            f"img-src http://{gateway} data:; require-trusted-types-for 'script'; trusted-types 'none'"
        )
        html = (
            '<!doctype html><html lang="en"><title>Shop</title>'
            '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
            f'<script type="module" src="http://{gateway}/widget/storekeep.js" '
            'data-title="Shop chat" data-accent="#ffd400"></script>'
            "<main><h1>Shop</h1><label>Search <input></label></main></html>"
        )

        async def page(_):
            return web.Response(
                text=html,
                content_type="text/html",
                headers={"Content-Security-Policy": policy},
            )

        app = web.Application()
        app.router.add_get("/", page)
        async with self._serving(app, self.page_port):
            yield

    async def join(self, agent):
        """An agent takes whatever is in the queue."""
        [waiting] = await self.store.in_control(Control.QUEUE)
        await self.app[SWITCHBOARD].take(waiting.id, agent=agent)
        return waiting.id


class Customer:
    """What a customer sees of the widget and does with it."""

    def __init__(self, page):
        self.page = page
        self.launcher = page.locator("storekeep-chat .launcher")
        self.panel = page.get_by_role("dialog", name="Shop chat")
        self.input = page.get_by_role("textbox", name="Your message")
        self.log = page.get_by_role("region", name="Conversation")

    async def open(self):
        """Opens the panel."""
        await self.launcher.click()

    async def say(self, text):
        """Writes a message."""
        await self.input.fill(text)
        await self.input.press("Enter")

    async def sees(self, text):
        """Waits for a line of the conversation."""
        await expect(self.log.get_by_text(text, exact=True)).to_be_visible()


@pytest.fixture
async def shop(serving):
    shop = Shop(serving)
    async with shop.pages():
        yield shop


@pytest.fixture
async def gateway(shop):
    async with shop.gateway():
        yield


@pytest.fixture
async def visit(browser, shop):
    """Opens the shop's page in a browser of its own, or in another tab of one."""
    complaints = []

    async def open_page(context=None, **options):
        context = context or await browser.new_context(**({"viewport": WIDE} | options))
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda line: complaints.append(line.text) if "Policy" in line.text else 0
        )
        await page.goto(shop.page)
        return Customer(page)

    yield open_page
    assert complaints == [], "the page ran without errors and within its policy"
