"""A person in the widget: waited for, joining, answering."""

import pytest
from playwright.async_api import expect

from channels.keys import SWITCHBOARD, WAITING_LINE

pytestmark = pytest.mark.e2e


@pytest.mark.usefixtures("gateway")
async def test_a_person_who_joins_is_seen_and_announced(visit, shop):
    """The customer sees who answers now; a closed panel counts what it missed."""
    customer = await visit()
    await customer.open()
    await customer.say("human")
    await expect(customer.panel.get_by_text("Waiting for a person")).to_be_visible()
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


@pytest.mark.usefixtures("gateway")
async def test_who_waits_is_told_honestly_where_they_stand(visit, shop):
    """Nobody is promised a person who is not there; each change is told at once."""
    customer, other = await visit(), await visit()
    await other.open()
    await other.say("human")
    await other.sees("One moment.")
    await customer.open()
    await customer.say("human")
    told = customer.page.locator("storekeep-chat .waiting")
    await expect(told).to_contain_text("number 2 in line. Nobody is at the desk right now")
    with shop.app[WAITING_LINE].presence.at_the_desk("anna"):
        await expect(told).to_contain_text("number 2 in line. A person will be with you soon.")
        await other.page.get_by_role("button", name="Go on with the assistant").click()
        await expect(told).to_contain_text("You are next.")


@pytest.mark.usefixtures("gateway")
async def test_what_was_said_last_stays_in_sight(visit):
    """What is told to those who wait takes its room from above, not from the last line."""
    customer = await visit()
    await customer.open()
    await customer.say("show")
    await customer.sees("More?")
    await customer.say("human")
    told = customer.page.locator("storekeep-chat .waiting")
    await expect(told).to_contain_text("You are next.")
    last = customer.log.get_by_text("One moment.", exact=True)
    await expect(last).to_be_in_viewport(ratio=1)


@pytest.mark.usefixtures("gateway")
async def test_who_does_not_want_to_wait_goes_on(visit, violations):
    """One button leads back to the assistant and goes away itself; it is accessible while it is there."""
    customer = await visit()
    await customer.open()
    await customer.say("human")
    leave = customer.page.get_by_role("button", name="Go on with the assistant")
    await expect(leave).to_be_visible()
    assert await violations(customer.page) == []
    await leave.click()

    await expect(leave).to_be_hidden()
    await expect(customer.input).to_be_focused()
    await customer.sees("You no longer wait for a person. The assistant answers again.")
    await customer.say("hello")
    await customer.sees("You said: hello")
