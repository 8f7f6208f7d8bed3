import pytest

from channels.demo.words import amount, price, stock
from shop.model import Money, Product, Variant


def product(*prices):
    return Product(
        id="p",
        title="Product",
        variants=tuple(
            Variant(id=str(minor), options={}, price=Money(minor, "EUR"), stock=1)
            for minor in prices
        ),
    )


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
    assert amount(money) == written


def test_one_price_is_the_price():
    """Variants that cost the same have one price."""
    assert price(product(100, 100)) == "€1.00"


def test_of_several_prices_the_lowest_is_named():
    """Variants that differ are announced by the cheapest."""
    assert price(product(300, 100, 200)) == "from €1.00"


@pytest.mark.parametrize(
    ("pieces", "words"),
    [(-1, "Out of stock"), (0, "Out of stock"), (3, "Only 3 left"), (4, "In stock")],
)
def test_stock_is_a_number_only_when_it_is_low(pieces, words):
    """Customers learn of the last pieces, not of the inventory."""
    assert stock(pieces) == words
