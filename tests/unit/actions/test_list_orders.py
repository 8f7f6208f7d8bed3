"""Customers are told which orders they have placed: all, or those that fit what they say."""

import pytest

from shop.identity import claim_order


async def test_all_orders_are_named_with_a_way_to_each(known):
    """Number, day, things, total and state; the buttons lead to the orders."""
    said = await known.writes("list my orders")
    assert said.startswith("These are your orders")
    assert "- SK-1002 of May 1, 2026: 2 × Kettle Étna. €79.80, waiting to be packed" in said  # noqa: RUF001
    assert known.choices == ["Where is SK-1003?", "Where is SK-1002?", "Where is SK-1001?"]
    assert known.said[-1].choices[0].answer == '/track_order{"order_number": "SK-1003"}'
    assert known.agenda.requests == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("list my open orders", ["SK-1002", "SK-1001"]),
        ("list what has not arrived yet", ["SK-1002", "SK-1001"]),
        ("list the delivered ones", ["SK-1003"]),
        ("list my last order", ["SK-1003"]),
        ("list my last two orders", ["SK-1003", "SK-1002"]),
        ("list what I ordered this month", ["SK-1003", "SK-1002", "SK-1001"]),
        ("list the orders with the kettle", ["SK-1003", "SK-1002", "SK-1001"]),
    ],
)
async def test_only_what_was_asked_for_is_named(known, text, numbers):
    """By state, by time, by thing, or the latest of them."""
    await known.writes(text)
    assert known.choices == [f"Where is {number}?" for number in numbers]


async def test_where_nothing_fits_that_is_said(known):
    """With a way to all of them."""
    assert "None of your 3 orders fits" in await known.writes("list what I ordered in January")
    assert known.choices == ["Show all my orders"]


async def test_a_claim_of_one_order_does_not_open_the_list(known, shop, services, noon):
    """A mailed code does; the list comes by itself then."""
    await known.loses_identity()
    await claim_order(
        "SK-1001", "10115", conversation="c-1", shop=services.shop, clock=services.clock
    )
    said = await known.writes("list my orders")
    assert "six-digit code to a•••@example.com" in said
    assert "SK-1002" not in said
    assert "SK-1002" in await known.writes(services.mailer.sent[-1].facts["code"])


async def test_whoever_has_no_number_is_known_by_a_mailed_code(known, services):
    """The e-mail address is asked for, and the code goes to nobody who has no account."""
    await known.loses_identity()
    assert "What is your e-mail address" in await known.writes("list my orders")
    assert "code to e•••@example.com" in await known.writes("eve@example.com")
    assert services.mailer.sent == []
    assert "does not hold" in await known.writes("123456")
    assert "code to a•••@example.com" in await known.writes("sorry, I mean ada@example.com")
    (mail,) = services.mailer.sent
    assert "These are your orders" in await known.writes(f"it's {mail.facts['code']}")


async def test_what_they_say_later_narrows_nothing_that_was_asked_before(known, services):
    """Of two requests each has its own words."""
    said = await known.writes("cancel order SK-1002, ordered by mistake. list my delivered orders.")
    assert "the cancellation and the list of your orders" in said
    said = await known.writes("yes")
    assert "Next, your orders." in said
    assert known.choices == ["Where is SK-1003?"]


async def test_a_customer_without_orders_is_told_so(known, shop, ada, services):
    """There is nothing to choose from."""
    await known.becomes("eve")
    assert "no orders in your account" in await known.writes("list my orders")
