"""What is wanted, and its limits, are read out of a sentence."""

from decimal import Decimal

import pytest

from actions.resolve.wish import Price
from actions.shopping.asked import asked_for
from actions.shopping.limits import Limits


@pytest.mark.parametrize(
    ("text", "query", "limits"),
    [
        ("a coffee grinder under 50 euros", "coffee grinder", Limits(at_most=Decimal(50))),
        ("which coffee makers are under 100", "coffee makers", Limits(at_most=Decimal(100))),
        ("headphones for less than €79,90", "headphones for", Limits(at_most=Decimal("79.90"))),
        ("lamps for 30 euros", "lamps", Limits(at_most=Decimal(30))),
        ("mugs, my budget is 20", "mugs", Limits(at_most=Decimal(20))),
        ("tents over $200", "tents", Limits(at_least=Decimal(200))),
        (
            "a jacket between 50 and 100 euros",
            "jacket",
            Limits(at_least=Decimal(50), at_most=Decimal(100)),
        ),
        (
            "something around 40 euros",
            "",
            Limits(at_least=Decimal(30), at_most=Decimal(50)),
        ),
        ("only what is in stock", "", Limits(in_stock=True)),
        ("keyboards that are available", "keyboards", Limits(in_stock=True)),
        ("your cheapest kettle", "your kettle", Limits(price=Price.LOWEST)),
        ("cheap headphones", "headphones", Limits(price=Price.LOWEST)),
        ("something more expensive", "", Limits(price=Price.HIGHER)),
        ("an ssd over 500 GB", "ssd over 500 GB", Limits()),
        ("a puzzle with more than 500 pieces", "puzzle with more than 500 pieces", Limits()),
        ("a stick up to 64GB", "stick up to 64GB", Limits()),
        ("a game for 2 players", "game for 2 players", Limits()),
        ("laptop 15 inch", "laptop 15 inch", Limits()),
    ],
)
def test_limits_are_no_part_of_what_is_searched(text, query, limits):
    """Prices and stock are told from measures, and taken out of the query."""
    assert asked_for(text) == (query, limits)
