"""The widget as a customer meets it: in a browser, on a shop's own page of another origin."""

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

pytestmark = pytest.mark.e2e

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
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


@pytest.mark.usefixtures("gateway")
async def test_the_keyboard_is_enough(visit):
    """Open, write, read, press a button, close: all without a mouse, and the focus is never lost."""
    customer = await visit()
    press = customer.page.keyboard.press
    await customer.launcher.focus()
    await press("Enter")
    await expect(customer.input).to_be_focused()
    await customer.page.keyboard.type("show")
    await press("Enter")
    choice = customer.page.get_by_role("button", name="Yes, more")
    await expect(choice).to_be_visible()
    await choice.focus()
    await press("Enter")
    await expect(customer.input).to_be_focused()
    await customer.sees("You said: /more")
    await expect(choice).to_have_attribute("aria-disabled", "true")
    await press("Escape")
    await expect(customer.panel).to_be_hidden()
    await expect(customer.launcher).to_be_focused()


@pytest.mark.usefixtures("gateway")
async def test_the_history_comes_back_after_a_reload(visit):
    """The panel is open again with what was said, and takes no focus from the page."""
    customer = await visit()
    await customer.open()
    await customer.say("hello")
    await customer.sees("You said: hello")
    await customer.page.reload()
    await customer.sees("You said: hello")
    await expect(customer.input).not_to_be_focused()
    await expect(customer.page.locator("storekeep-chat .message")).to_have_count(3)


@pytest.mark.usefixtures("gateway")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_type_of_message_is_accessible(visit, violations, viewport, scheme):
    """axe-core finds nothing wrong, in light and dark, on a desk and on a phone, before and after."""
    customer = await visit(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    assert await violations(customer.page) == []
    await customer.open()
    await customer.say("show")
    await customer.sees("More?")
    assert await violations(customer.page) == []


@pytest.mark.usefixtures("gateway")
async def test_text_is_shown_as_text_and_links_lead_to_the_web_only(visit):
    """Neither markup nor a script's address out of a message becomes part of the page."""
    customer = await visit()
    await customer.open()
    await customer.say("show")
    await customer.sees("Two\nlines, <b>no markup</b>")
    await customer.sees("A type of a later version")
    await customer.sees("Trap")
    await customer.sees("More?")
    links = await customer.log.get_by_role("link").evaluate_all("all => all.map(a => a.href)")
    assert [link.rpartition("/")[2] for link in links] == ["kettle", "returns"]


@pytest.mark.usefixtures("gateway")
async def test_two_browsers_share_nothing(visit):
    """What one customer wrote is not on another one's screen."""
    ada, bob = await visit(), await visit()
    await ada.open()
    await ada.say("my secret")
    await ada.sees("You said: my secret")
    await bob.open()
    await bob.say("hello")
    await bob.sees("You said: hello")
    await expect(bob.log.get_by_text("secret")).to_have_count(0)


@pytest.mark.usefixtures("gateway")
async def test_tabs_of_one_browser_share_the_conversation(visit):
    """What is said in one tab appears in the other, once."""
    first = await visit()
    await first.open()
    await first.say("hello")
    await first.sees("You said: hello")
    second = await visit(first.page.context)
    await second.open()
    await second.say("again")
    await first.sees("You said: again")
    await expect(first.log.get_by_text("again", exact=True)).to_have_count(1)


@pytest.mark.usefixtures("gateway")
async def test_a_person_who_joins_is_seen_and_announced(visit, shop):
    """The customer sees who answers now; a closed panel counts what it missed."""
    customer = await visit()
    await customer.open()
    await customer.say("human")
    await expect(customer.panel.get_by_text("A person will be with you soon")).to_be_visible()
    conversation = await shop.join("Anna")
    await expect(customer.panel.get_by_text("You are talking to Anna")).to_be_visible()
    await customer.sees("Anna joined the conversation.")
    search = customer.page.get_by_role("textbox", name="Search")
    await customer.page.keyboard.press("Escape")
    await search.focus()
    await shop.app[SWITCHBOARD].reply_as_agent(conversation, "Hello!", agent="Anna")
    await expect(customer.launcher).to_have_accessible_name("Chat with us, 1 unread message")
    await expect(customer.page.locator("storekeep-chat [aria-live]")).to_contain_text(
        "Anna: Hello!"
    )
    await expect(search).to_be_focused()


@pytest.mark.usefixtures("gateway")
async def test_a_reader_of_earlier_lines_is_not_moved(visit, shop):
    """Whoever scrolled back stays there, and is led to the new lines when they want to."""
    customer = await visit()
    await customer.open()
    await customer.say("show")
    await customer.sees("More?")
    await customer.say("human")
    await customer.sees("One moment.")
    conversation = await shop.join("Anna")
    await customer.sees("Anna joined the conversation.")
    await customer.log.evaluate("log => log.scrollTop = 0")
    await shop.app[SWITCHBOARD].reply_as_agent(conversation, "Hello!", agent="Anna")
    await customer.page.get_by_role("button", name="New messages").click()
    await expect(customer.log.get_by_text("Hello!", exact=True)).to_be_in_viewport()
    await expect(customer.log).to_be_focused()


async def test_what_is_written_without_a_connection_is_sent_later(visit, shop):
    """The gateway stops and comes back: nothing is lost, nothing doubled, the order is kept."""
    async with shop.gateway():
        customer = await visit()
        await customer.open()
        await customer.say("one")
        await customer.sees("You said: one")
    await customer.say("two")
    await customer.say("three")
    await expect(customer.log.get_by_text("Sending…")).to_have_count(2)
    async with shop.gateway():
        await customer.page.evaluate("dispatchEvent(new Event('online'))")
        await customer.sees("You said: three")
        await expect(customer.log.get_by_text("Sending…")).to_have_count(0)
        own = customer.page.locator('storekeep-chat [data-author="customer"] .bubble')
        await expect(own).to_have_text(["one", "two", "three"])


@pytest.mark.usefixtures("gateway")
async def test_a_message_that_is_refused_says_why_and_can_be_tried_again(visit):
    """A text beyond the gateway's measure is marked as not sent, with the reason and two ways out."""
    customer = await visit()
    await customer.open()
    await customer.say("x" * 4001)
    await expect(
        customer.log.get_by_text("Not sent: The text has 4,001 characters")
    ).to_be_visible()
    await customer.page.get_by_role("button", name="Discard").click()
    await expect(customer.page.locator("storekeep-chat .failed")).to_have_count(0)


@pytest.mark.usefixtures("gateway")
async def test_an_endless_text_stays_in_the_input(visit):
    """A hundred thousand signs are not sent; the customer is told and keeps them."""
    customer = await visit()
    await customer.open()
    await customer.say("x" * 100_000)
    await expect(customer.page.get_by_role("alert")).to_have_text(
        "This message is too long. Please send it in parts."
    )
    assert len(await customer.input.input_value()) == 100_000


@pytest.mark.usefixtures("gateway")
async def test_a_customer_who_logs_out_leaves_nothing_behind(visit):
    """After reset() the next customer at this browser finds an empty conversation."""
    customer = await visit()
    await customer.open()
    await customer.say("my secret")
    await customer.sees("You said: my secret")
    await customer.page.evaluate("document.querySelector('storekeep-chat').reset()")
    await expect(customer.log.get_by_text("secret")).to_have_count(0)
    await customer.page.reload()
    await customer.say("hello")
    await customer.sees("You said: hello")
    await expect(customer.log.get_by_text("secret")).to_have_count(0)
