"""The desk as agents meet it: in browsers, on a gateway that can be stopped and started."""

import pytest
from aiohttp.test_utils import unused_port
from argon2 import PasswordHasher
from playwright.async_api import expect

from channels.adapters.memory import MemoryConversations, MemoryEndedSessions
from channels.app import build_app
from channels.config import AgentAccount, GatewayConfig
from channels.keys import SWITCHBOARD
from channels.model import Control, Inbound

pytestmark = pytest.mark.e2e

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("secret")
CONFIG = GatewayConfig(
    api_key="key",
    session_secret=b"s" * 32,
    agents=(
        AgentAccount(login="anna", name="Anna", password_hash=HASH),
        AgentAccount(login="ben", name="Ben", password_hash=HASH),
    ),
)
HOSTILE = "<img src=x onerror=alert(1)> \u202etxt.exe\u202c a\u200bb javascript:alert(1)"
EVERYTHING = [
    {
        "type": "cards",
        "text": "Kettles:",
        "cards": [
            {
                "id": "kettle",
                "title": "Gooseneck Kettle",
                "text": "For pour-over coffee",
                "price": "€64.90",
                "stock": "Only 2 left",
                "image": "https://elsewhere.example/kettle.png",
                "link": "/products/kettle",
            }
        ],
    },
    {
        "type": "order",
        "text": "Your order is on its way.",
        "order": {
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
                    "promised": "2026-11-26T17:00:00Z",
                    "events": [
                        {"at": "2026-11-24T06:10:00Z", "text": "Sorted", "place": "Leipzig"}
                    ],
                }
            ],
        },
    },
    {"type": "image", "text": "Size chart", "url": "/images/chart.svg"},
    {"type": "link", "text": "Our returns page", "url": "https://shop.example/returns"},
    {"type": "link", "text": "Trap", "url": "javascript:alert(1)"},
    {"type": "later", "text": "A type of a later version"},
    {"type": "choices", "text": "More?", "choices": [{"title": "Yes, more", "payload": "/more"}]},
]
HANDOFF = {
    "type": "handoff",
    "text": "One moment.",
    "reason": "asked",
    "facts": {"last_intent": "track_order", "order": "SK-1001"},
}


class Engine:
    """Says everything that it can, and hands over."""

    async def turn(self, _request):
        """Answers at once."""
        return [*EVERYTHING, HANDOFF]

    async def is_ready(self):
        """Always is."""
        return True


class Shop:
    """A gateway that can be stopped and started, and its customers."""

    def __init__(self, serving):
        self._serving = serving
        self.store = MemoryConversations()
        self.port = unused_port()
        self.app = None

    def gateway(self):
        """Runs the gateway."""
        self.app = build_app(
            CONFIG,
            engine=Engine(),
            conversations=self.store,
            ended_sessions=MemoryEndedSessions(),
            shop=None,
        )
        return self._serving(self.app, self.port)

    async def hears(self, text, *, conversation="web-0001", message_id="m-1"):
        """A customer writes."""
        inbound = Inbound(conversation=conversation, message_id=message_id, text=text)
        await self.app[SWITCHBOARD].receive(inbound, channel="widget")


class Agent:
    """What an agent sees of the desk and does with it."""

    def __init__(self, page):
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type
        self.waiting = page.get_by_role("region", name="Waiting")
        self.mine = page.get_by_role("region", name="Mine")
        self.transcript = page.get_by_role("region", name="Transcript")
        self.composer = page.get_by_role("textbox", name="Message to the customer")

    async def log_in(self, name="anna"):
        """Logs in, by the keyboard alone."""
        await expect(self.page.get_by_role("textbox", name="Name")).to_be_focused()
        await self.type(name)
        await self.press("Tab")
        await self.type("secret")
        await self.press("Enter")
        await expect(self.waiting).to_be_visible()

    async def take(self):
        """Opens who waits longest, and takes the conversation."""
        await self.waiting.get_by_role("button").first.click()
        await self.page.get_by_role("button", name="Take").click()
        await expect(self.composer).to_be_visible()

    async def sees(self, text):
        """Waits for a line of the transcript."""
        await expect(self.transcript.get_by_text(text, exact=True)).to_be_visible()


@pytest.fixture
def shop(serving):
    return Shop(serving)


@pytest.fixture
async def gateway(shop):
    async with shop.gateway():
        yield


@pytest.fixture
async def visit(browser, shop):
    """Opens the desk in a browser of its own."""
    complaints = []

    async def open_page(**options):
        context = await browser.new_context(**({"viewport": WIDE} | options))
        page = await context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on(
            "console", lambda line: complaints.append(line.text) if "Policy" in line.text else 0
        )
        await page.goto(f"http://127.0.0.1:{shop.port}/desk")
        return Agent(page)

    yield open_page
    assert complaints == [], "the page ran without errors and within its policy"


@pytest.mark.usefixtures("gateway")
async def test_the_keyboard_is_enough(visit, shop):
    """Log in, choose, take, write, resolve and learn the keys: all without a mouse."""
    await shop.hears("hello")
    anna = await visit()
    await anna.log_in()
    await expect(anna.page).to_have_title("(1) Desk · Storekeep")
    await anna.press("j")
    await anna.sees("hello")
    await anna.press("t")
    await expect(anna.composer).to_be_focused()
    await anna.type("Good morning,")
    await anna.press("Shift+Enter")
    await anna.type("I am Anna.")
    await anna.press("Enter")
    await anna.sees("Good morning,\nI am Anna.")
    await expect(anna.composer).to_have_value("")
    await anna.press("Escape")
    await anna.press("?")
    keys = anna.page.get_by_role("dialog", name="Keys")
    await expect(keys).to_be_visible()
    await anna.press("Escape")
    await expect(keys).to_be_hidden()
    await anna.press("r")
    await anna.type("Bye")
    await anna.press("Control+Shift+Enter")
    await anna.sees("Bye")
    await anna.sees("Anna closed this conversation. Write again at any time.")
    assert (await shop.store.conversation("web-0001")).control is Control.CLOSED


@pytest.mark.usefixtures("gateway")
async def test_keys_walk_through_the_list_and_back(visit, shop):
    """The longest wait comes first; j and k go down and up and stop at the ends."""
    for number in ("0001", "0002"):
        await shop.hears(f"I am {number}", conversation=f"web-{number}")
    anna = await visit()
    await anna.log_in()
    for key, name in [("j", "0001"), ("ArrowDown", "0002"), ("j", "0002"), ("k", "0001")]:
        await anna.press(key)
        await expect(anna.page.get_by_role("heading", name=f"I am {name}")).to_be_visible()


@pytest.mark.usefixtures("gateway")
async def test_the_agent_sees_why_and_everything_that_was_said(visit, shop):
    """The reason and facts stand above a transcript that draws every type of message."""
    await shop.hears("hello")
    anna = await visit()
    await anna.log_in()
    await anna.waiting.get_by_text("Web chat: hello", exact=True).click()
    why = anna.page.get_by_role("region", name="Why it was handed over")
    await expect(why).to_contain_text("Asked for a person")
    await expect(why).to_contain_text("Track order")
    await expect(why).to_contain_text("SK-1001")
    for text in ("Only 2 left", "In transit", "A type of a later version", "Yes, more", "Trap"):
        await anna.sees(text)
    links = await anna.transcript.get_by_role("link").evaluate_all("all => all.map(a => a.href)")
    assert [link.rpartition("/")[2] for link in links] == ["kettle", "chart.svg", "returns"]


@pytest.mark.usefixtures("gateway")
async def test_what_a_stranger_writes_does_nothing_and_hides_nothing(visit, shop):
    """Markup is text, an address is no link, and invisible characters are named."""
    await shop.hears(HOSTILE)
    anna = await visit()
    await anna.log_in()
    await anna.press("j")
    said = anna.transcript.locator("[data-author=customer] .body")
    await expect(said).to_have_text(
        "<img src=x onerror=alert(1)> 202Etxt.exe202C a200Bb javascript:alert(1)"
    )
    await expect(said.locator("img, a")).to_have_count(0)
    await expect(said.get_by_title("right-to-left override (U+202E)")).to_be_visible()


@pytest.mark.usefixtures("gateway")
async def test_whoever_clicks_second_is_told_who_was_first(visit, shop):
    """Ben's click arrives after Anna's: he reads why, and cannot write."""
    await shop.hears("hello")
    ben = await visit()
    await ben.log_in("ben")
    await ben.press("j")

    async def after_anna(route):
        await shop.app[SWITCHBOARD].take("web-0001", agent="Anna")
        await route.continue_()

    await ben.page.route("**/take", after_anna)
    await ben.press("t")
    await expect(ben.page.get_by_role("alert")).to_have_text(
        "Anna has already taken this conversation."
    )
    await expect(ben.page.get_by_text("Anna answers here. You are reading along.")).to_be_visible()
    await expect(ben.composer).to_have_count(0)


@pytest.mark.usefixtures("gateway")
async def test_news_in_another_conversation_of_mine_is_marked(visit, shop):
    """A customer who answers elsewhere is marked until the agent looks."""
    anna = await visit()
    await anna.log_in()
    for number in ("0001", "0002"):
        await shop.hears("hello", conversation=f"web-{number}")
        await anna.take()
    await shop.hears("still there?", conversation="web-0001", message_id="m-2")
    mark = anna.mine.get_by_label("new messages")
    await expect(mark).to_be_visible()
    await anna.mine.get_by_text("still there?").click()
    await expect(mark).to_have_count(0)


async def test_a_desk_comes_back_by_itself_with_what_it_missed(visit, shop):
    """The gateway goes away and returns: no new log-in, the draft is kept, nothing is missing."""
    async with shop.gateway():
        await shop.hears("hello")
        anna = await visit()
        await anna.log_in()
        await anna.take()
        await anna.composer.fill("A draft")
    lost = anna.page.get_by_text("Connection lost, trying again")
    await expect(lost).to_be_visible()
    await anna.press("Enter")
    await expect(anna.page.get_by_role("alert")).to_have_text(
        "The desk cannot be reached. See what has arrived before you try again."
    )
    await expect(anna.composer).to_have_value("A draft")
    async with shop.gateway():
        await shop.hears("are you there?", message_id="m-2")
        await anna.page.evaluate("dispatchEvent(new Event('online'))")
        await anna.sees("are you there?")
        await expect(lost).to_be_hidden()
        await expect(anna.composer).to_have_value("A draft")
        await anna.press("Enter")
        await anna.sees("A draft")


@pytest.mark.usefixtures("gateway")
async def test_a_draft_belongs_to_its_conversation_and_survives_a_reload(visit, shop):
    """Going to another customer and back, or reloading, keeps what is not sent yet."""
    anna = await visit()
    await anna.log_in()
    for number in ("0001", "0002"):
        await shop.hears("hello", conversation=f"web-{number}")
        await anna.take()
        await anna.composer.fill(f"For {number}")
    await anna.mine.get_by_role("button").first.click()
    await expect(anna.composer).to_have_value("For 0001")
    await anna.page.reload()
    await expect(anna.composer).to_have_value("For 0001")


@pytest.mark.usefixtures("gateway")
async def test_logging_out_shows_the_door_in_every_window(visit):
    """The other window of the same browser is logged out as well, and says so."""
    anna = await visit()
    await anna.log_in()
    other = await anna.page.context.new_page()
    await other.goto(anna.page.url)
    await expect(other.get_by_role("region", name="Waiting")).to_be_visible()
    await anna.page.get_by_role("button", name="Log out").click()
    await expect(anna.page.get_by_role("button", name="Log in")).to_be_visible()
    await expect(other.get_by_role("alert")).to_have_text(
        "Your session is over. Please log in again."
    )


@pytest.mark.usefixtures("gateway")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
async def test_the_desk_is_accessible(visit, shop, violations, viewport, scheme):
    """axe-core finds nothing wrong at the door, in the list and in a conversation."""
    await shop.hears(HOSTILE)
    anna = await visit(viewport=viewport, color_scheme=scheme)
    assert await violations(anna.page) == []
    await anna.log_in()
    assert await violations(anna.page) == []
    await anna.waiting.get_by_role("button").first.click()
    await anna.sees("More?")
    assert await violations(anna.page) == []
    await anna.page.get_by_role("button", name="Take").click()
    await expect(anna.composer).to_be_visible()
    assert await violations(anna.page) == []
