import pytest

from channels.demo.words import price, stock
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


def test_one_price_is_the_price():
    """Variants that cost the same have one price."""
    assert price(product(100, 100)) == "€1.00"


def test_of_several_prices_the_lowest_is_named():
    """Variants that differ are announced by the cheapest."""
    assert price(product(300, 100, 200)) == "from €1.00"


@pytest.mark.parametrize(
    ("pieces", "words"),
    [(-1, "Out of stock"), (0, "Out of stock"), (5, "Only 5 left"), (6, "In stock")],
)
def test_stock_is_a_number_only_when_it_is_low(pieces, words):
    """Customers learn of the last pieces, not of the inventory."""
    assert stock(pieces) == words
