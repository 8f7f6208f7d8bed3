import pytest

from actions.resolve import which_payment_method
from shop.model import PaymentMethod

METHODS = [
    PaymentMethod(id="pm-1", kind="card", label="Visa 4242"),
    PaymentMethod(id="pm-2", kind="card", label="American Express 1111"),
    PaymentMethod(id="pm-3", kind="paypal", label="PayPal"),
    PaymentMethod(id="pm-4", kind="gift-card", label="Larkfield gift card"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("paypal", "pm-3"),
        ("Pay Pal please", "pm-3"),
        ("my visa", "pm-1"),
        ("the card ending in 1111", "pm-2"),
        ("amex", "pm-2"),
        ("to a gift card", "pm-4"),
        ("the original method", "pm-1"),
        ("the same way I paid", "pm-1"),
        ("the other card", "pm-2"),
        ("not paypal, my gift card", "pm-4"),
        ("pm-2", "pm-2"),
    ],
)
def test_a_way_to_pay_is_known_by_what_people_call_it(text, expected):
    """By kind, brand, digits, or in relation to the one that was used."""
    found = which_payment_method(text, METHODS, original="pm-1").winner
    assert expected == (found and found.id)


def test_two_cards_are_asked_about():
    """A card may be either."""
    found = which_payment_method("credit card", METHODS)
    assert [one.id for one in found.choices] == ["pm-1", "pm-2"]


@pytest.mark.parametrize("text", ["bitcoin", "mastercard", "", "whatever"])
def test_what_is_not_on_record_is_not_replaced(text):
    """No other way is taken in its place."""
    assert which_payment_method(text, METHODS, original="pm-1").choices == ()
