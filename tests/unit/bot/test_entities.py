"""Order numbers, e-mail addresses and postcodes are found by rules, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.entities import find_entities, mask


def found(text: str) -> list[tuple[str, str]]:
    """Returns kind and value of what is found."""
    return [(entity["entity"], entity["value"]) for entity in find_entities(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("SK-1001", [("order_number", "SK-1001")]),
        ("where is sk 1001?", [("order_number", "sk 1001")]),
        ("sk1001, thanks", [("order_number", "sk1001")]),
        ("it is #1001", [("order_number", "#1001")]),
        ("order number is 1001", [("order_number", "1001")]),
        ("my order 1001 is late", [("order_number", "1001")]),
        ("ada@example.com", [("email", "ada@example.com")]),
        ("(ada.b+x@mail.example.co.uk)", [("email", "ada.b+x@mail.example.co.uk")]),
        ("10115", [("postcode", "10115")]),
        ("94103-1234", [("postcode", "94103-1234")]),
        ("SW1A 1AA", [("postcode", "SW1A 1AA")]),
        ("sw1a1aa", [("postcode", "sw1a1aa")]),
        ("SK8 4AB", [("postcode", "SK8 4AB")]),
        ("K1A 0B1", [("postcode", "K1A 0B1")]),
        ("1012 AB", [("postcode", "1012 AB")]),
        ("postcode is 8001", [("postcode", "8001")]),
        (
            "SK-1001, ada@example.com or 10115",
            [("order_number", "SK-1001"), ("email", "ada@example.com"), ("postcode", "10115")],
        ),
    ],
)
def test_each_is_found_as_people_write_it(text, values):
    """With its exact text, in the order of the message."""
    assert found(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "a 15 inch laptop",
        "it costs 1200 euros",
        "12345.50 is too much",
        "call 0301234567",
        "ask me at work",
        "order 2 mugs",
        "1001 is late",
        "SK-12",
    ],
)
def test_other_numbers_are_left_alone(text):
    """A size or a price is neither an order nor a place."""
    assert found(text) == []


def test_an_address_with_digits_is_one_thing():
    """What a rule has taken, another does not take again."""
    assert found("10115@example.com") == [("email", "10115@example.com")]


@given(st.text())
def test_values_are_cut_from_the_text_and_never_overlap(text):
    """Rasa shows and replaces them by their positions."""
    entities = find_entities(text)
    assert all(text[e["start"] : e["end"]] == e["value"] for e in entities)
    ends = [0, *(e["end"] for e in entities)]
    assert all(end <= e["start"] for end, e in zip(ends, entities, strict=False))


def test_intents_are_told_without_addresses():
    """What is wanted does not depend on whose address it is; bare digits may be anything."""
    text = "where is SK-1001, ada@example.com, 10115, a 20000 power bank"
    assert mask(text) == "where is order number, email, 10115, a 20000 power bank"


@pytest.mark.parametrize("text", ["a" * 100_000, "1" * 100_000, "a@" * 50_000, "SK-" * 30_000])
def test_long_texts_are_read_in_one_go(text):
    """No pattern goes back and forth over a hostile text."""
    find_entities(text)
