"""The widget as a customer meets it: in a browser, on a shop's own page of another origin."""

import pytest
from playwright.async_api import expect

pytestmark = pytest.mark.e2e

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


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
