"""What of a product is searched."""

import pytest

from knowledge.product import codes, passage, possible_codes
from shop.model import Money, Variant


def test_a_passage_holds_what_customers_name(product):
    """Title, brand, category, description and each option once can all be searched."""
    variants = tuple(
        Variant(id=size, options={"colour": "red", "size": size}, price=Money(1, "EUR"), stock=1)
        for size in ("S", "M")
    )
    shirt = product("p1", "Shirt", brand="Hemma", category="Tops", variants=variants)
    assert passage(shirt) == "Shirt Hemma Tops red S M"


def test_codes_are_ids_and_the_attributes_that_name_one_product(product):
    """Punctuation and case of a code do not matter; other attributes are no codes."""
    toner = product(
        "SK-1", "Toner", attributes={"EAN": "0095, 0096", "Part number": "TN-2110", "Colour": "X1"}
    )
    assert set(codes(toner)) == {"sk1", "0095", "0096", "tn2110"}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("TN-2110", "tn2110"),
        ("do you have the tn 21 10?", "tn2110"),
        ("0095205603217", "0095205603217"),
    ],
)
def test_a_code_is_recognised_in_a_question(query, code):
    """However it is spaced, a code is among the possible ones."""
    assert code in set(possible_codes(query))


@pytest.mark.parametrize("query", ["", "fan", "aa", "d1", "laptop case", "🙂"])
def test_plain_words_are_no_codes(query):
    """Nothing without a digit, and nothing very short, is looked up as a code."""
    assert not list(possible_codes(query))
