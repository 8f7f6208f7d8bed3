"""The newsletter is switched on or off after a yes."""

import pytest


@pytest.mark.parametrize(
    ("text", "shown", "subscribed"),
    [
        ("newsletter: please sign me up", "You get our newsletter", True),
        ("newsletter, I'd like to receive it", "You get our newsletter", True),
        ("newsletter", "Would you like to get our newsletter", False),
    ],
)
async def test_joining_is_shown_then_done(known, shop, text, shown, subscribed):
    """Where it is not clear what is wanted, that is asked."""
    assert shown in await known.writes(text)
    await known.writes("yes")
    async with shop.snapshot() as records:
        assert (await records.customers.find("ada")).newsletter is subscribed


@pytest.mark.parametrize(
    "text",
    ["newsletter: unsubscribe", "newsletter, no more of it", "newsletter. stop sending me that"],
)
async def test_leaving_what_one_does_not_get_changes_nothing(known, text):
    """It is that way already, and a person is there for who gets mails all the same."""
    assert "that way already" in await known.writes(text)
    assert known.choices == ["Talk to a person"]


async def test_the_question_is_answered_by_a_button(known):
    """Both are offered."""
    await known.writes("newsletter")
    assert known.choices == ["Subscribe", "Unsubscribe"]
    assert "You get our newsletter" in await known.writes("subscribe")
