"""What a browser keeps of a conversation: over reloads, tabs, lost connections and log-outs."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.e2e


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


async def test_a_log_out_without_a_connection_reaches_the_gateway_later(visit, shop, monkeypatch):
    """What reset() forgot here is ended there as soon as it can be, even from the next page."""
    ended = []

    async def log_out(_, conversation):
        ended.append(conversation)
        return False

    monkeypatch.setattr("channels.widget.visit.log_out", log_out)
    async with shop.gateway():
        customer = await visit()
        await customer.open()
        await customer.say("my secret")
        await customer.sees("You said: my secret")
        [conversation] = await shop.store.recent(5)
    await customer.page.evaluate("document.querySelector('storekeep-chat').reset()")
    kept = "Object.keys(localStorage).filter((key) => key.endsWith('farewells')).length"
    assert await customer.page.evaluate(kept) == 1
    async with shop.gateway():
        await customer.page.reload()
        await customer.page.wait_for_function(
            "Object.entries(localStorage).some(([key, value]) => key.endsWith('farewells') && value === '[]')"
        )
    assert ended == [conversation.id]
