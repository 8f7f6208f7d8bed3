"""The whole shop at once: a customer on the shop's page and an agent at the desk, in two browsers."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.e2e

WIDE = {"width": 1280, "height": 800}
TURN_MS = 20_000  # a first turn warms the models up


class Customer:
    """Somebody on the demo shop's front page."""

    def __init__(self, page):
        self.page = page
        self.conversation = page.get_by_role("region", name="Conversation")
        self.input = page.get_by_role("textbox", name="Your message")

    async def open(self, shop):
        """Comes into the shop and opens the chat."""
        await self.page.goto(shop.url)
        await self.page.locator("storekeep-chat .launcher").click()

    async def say(self, text):
        """Writes a message."""
        await self.input.fill(text)
        await self.input.press("Enter")

    async def sees(self, text):
        """Waits for words in the last lines of the conversation."""
        words = self.conversation.get_by_text(text).last
        await expect(words).to_be_visible(timeout=TURN_MS)


class Agent:
    """Somebody at the desk."""

    def __init__(self, page):
        self.page = page
        self.waiting = page.get_by_role("region", name="Waiting")
        self.why = page.get_by_role("region", name="Why it was handed over")
        self.transcript = page.get_by_role("region", name="Transcript")
        self.composer = page.get_by_role("textbox", name="Message to the customer")

    async def log_in(self, shop):
        """Logs in as the first of the demo's agents."""
        login, password = next(iter(shop.agents.items()))
        await self.page.goto(f"{shop.url}/desk")
        await self.page.get_by_role("textbox", name="Name").fill(login)
        await self.page.get_by_role("textbox", name="Password").fill(password)
        await self.page.get_by_role("button", name="Log in").click()
        await expect(self.waiting).to_be_visible()

    async def click(self, name):
        """Presses a button."""
        await self.page.get_by_role("button", name=name).click()

    async def sees(self, text):
        """Waits for words in the transcript."""
        await expect(self.transcript.get_by_text(text).last).to_be_visible(timeout=TURN_MS)


@pytest.fixture
async def new_page(browser):
    """Opens pages, each in a browser of its own, and watches for errors in them."""
    errors = []

    async def open_page():
        context = await browser.new_context(viewport=WIDE)
        page = await context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_page
    assert errors == []


async def test_from_search_to_order_to_a_person_and_back(running_shop, new_page):
    """A customer finds a product and an order, is handed to a person, answered, and handed back."""
    customer, agent = Customer(await new_page()), Agent(await new_page())
    await agent.log_in(running_shop)
    await expect(agent.waiting.get_by_text("Nobody is waiting.")).to_be_visible()
    await customer.open(running_shop)

    await customer.say("I am looking for a laptop stand")
    await customer.sees("In stock")
    await customer.say("Where is my order SK-1001? My e-mail is ada@example.com")
    await customer.sees("SK-1001")
    await customer.sees("On its way")

    await customer.say("I want to talk to a human")
    soon = customer.page.get_by_text("A person will be with you soon")
    await expect(soon).to_be_visible(timeout=TURN_MS)
    await agent.waiting.get_by_text("I want to talk to a human").click()
    await expect(agent.why).to_contain_text("Asked for a person")
    await expect(agent.why).to_contain_text("SK-1001")
    await agent.sees("In stock")
    await agent.sees("On its way")

    await agent.click("Take")
    await customer.sees("Anna joined the conversation.")
    await customer.input.press_sequentially("Could you")
    await agent.sees("The customer is typing …")
    await customer.say("Could you leave it with my neighbour?")
    await agent.sees("Could you leave it with my neighbour?")
    await agent.composer.fill("I have asked the carrier to do that.")
    await agent.composer.press("Enter")
    await customer.sees("I have asked the carrier to do that.")

    await agent.click("Hand back to bot")
    await customer.sees("The assistant answers again.")
    await customer.say("What are your delivery options?")
    await expect(customer.page.locator('storekeep-chat [data-author="bot"]').last).to_contain_text(
        "deliver", ignore_case=True, timeout=TURN_MS
    )
    authors = await agent.transcript.locator("[data-author]").evaluate_all(
        "all => all.map(line => line.dataset.author)"
    )
    human = authors[authors.index("system") : len(authors) - authors[::-1].index("system")]
    assert human == ["system", "customer", "agent", "system"], "the bot kept quiet"
