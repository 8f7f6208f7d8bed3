"""What a piece of a message wishes for is told by its verbs and their objects."""

import pytest

from actions.agenda.wishes import is_either, is_unsure, wished


@pytest.mark.parametrize(
    ("piece", "kinds"),
    [
        ("please cancel the blender", ("cancel_order",)),
        ("I'd like to send back the scarf", ("return_item",)),
        ("I was wondering if you can swap the mugs for bigger ones", ("exchange_item",)),
        ("could you upgrade my laptop to 32 GB", ("change_order",)),
        ("I want to modify the rug to two metres", ("change_order",)),
        ("The frame is too large. Exchange it if you can", ("exchange_item",)),
        ("ask whether it can be gift wrapped", ()),
        ("I do not want to cancel the blender", ()),
        ("what is your return policy", ()),
        ("can you change my password", ()),
    ],
)
def test_a_plain_wish_is_told_by_its_verb(piece, kinds):
    """What is negated, a rule or something else of the account is no wish for an order."""
    assert wished(piece) == kinds


@pytest.mark.parametrize(
    ("piece", "kinds"),
    [
        ("please change the delivery address of my last order", ("change_shipping_address",)),
        ("I want to update my default address", ("change_default_address",)),
        (
            "I want to change the parcel's order #7 to my default address",
            ("change_shipping_address",),
        ),
        (
            "please correct the address of both orders, along with my account address",
            ("change_shipping_address", "change_default_address"),
        ),
        (
            "I want to update my profile address and also every open order address",
            ("change_default_address", "change_shipping_address"),
        ),
        (
            "I moved, so update my pending orders and my profile with the address 12 Oak Lane",
            ("change_shipping_address", "change_default_address"),
        ),
    ],
)
def test_an_address_may_be_an_orders_the_accounts_or_both(piece, kinds):
    """Where something shall go is not what is to be changed."""
    assert wished(piece) == kinds


def test_cancel_or_return_is_both():
    """Which of the two is possible, the orders tell."""
    assert wished("I want to cancel or return the shelves") == ("cancel_order", "return_item")
    assert is_either("I want to cancel or return the shelves")
    assert not is_either("I want to cancel the shelves")


def test_who_only_asks_whether_is_not_taken_at_a_word():
    """It takes both: a question, and that nothing is to be done yet."""
    assert is_unsure("check whether I could return the sofa, but I'm not sure yet")
    assert not is_unsure("I'm not sure which size it is, please exchange it")
