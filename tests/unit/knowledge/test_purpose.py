"""What a thing is, and what it is for."""

import pytest

from knowledge.purpose import asked_for, called, made_for
from knowledge.words import Words

WORDS = Words([["laptop", "notebook"]])
ACCESSORIES = frozenset({"bag", "charger", "filter"})


@pytest.mark.parametrize(
    "title",
    ["Slim Laptop Bag", "Notebook privacy filter", "Sleeve for laptops", "Charger for a notebook"],
)
def test_what_goes_with_a_thing_is_made_for_it(product, title):
    """The word before an accessory, or behind a "for", says what it is for."""
    assert "laptop" in made_for(product("p", title), WORDS, ACCESSORIES)


@pytest.mark.parametrize(
    "title", ["Slate Laptop 15", "Laptop with charger", "Laptop, for travelling", "Bag"]
)
def test_a_thing_is_not_made_for_itself(product, title):
    """What comes with it, or what it is good for, does not change what it is."""
    assert "laptop" not in made_for(product("p", title), WORDS, ACCESSORIES)


def test_a_brand_is_no_purpose(product):
    """A Nomik bag is not made for Nomiks."""
    assert made_for(product("p", "Nomik Bag", brand="Nomik"), WORDS, ACCESSORIES) == set()


def test_the_end_of_the_category_names_the_product(product):
    """The last word of the last level, whatever the customer calls it."""
    assert called(product("p", "X1", category="PCs > Gaming Notebooks"), WORDS) == {"laptop"}
    assert called(product("p", "X1"), WORDS) == set()


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("notebook", {"laptop"}),
        ("laptop with a charger", {"laptop"}),
        ("laptop for school", {"laptop"}),
        ("laptop bag", set()),
        ("bag for my laptop", set()),
    ],
)
def test_who_asks_for_an_accessory_wants_no_other_thing(query, asked):
    """What a query asks for stands before "for" and "with"."""
    assert asked_for(query, WORDS, ACCESSORIES) == asked
