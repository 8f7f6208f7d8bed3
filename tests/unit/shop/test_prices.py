import pytest

from shop.model import Money
from shop.prices import price


@pytest.mark.parametrize(
    ("money", "written"),
    [
        (Money(6490, "EUR"), "€64.90"),
        (Money(129_900, "USD"), "$1,299.00"),
        (Money(500, "JPY"), "¥500"),
        (Money(1500, "KWD"), "KWD1.500"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(money, written):
    """Minor units are cents, but not in every currency."""
    assert price(money) == written
