"""Order numbers in every way people write them."""

# ruff: noqa: RUF001 (customers write digits and dashes of other scripts)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.order_number import normalise_number
from shop.policy import OrderNumbers

HASH_W = OrderNumbers(prefix="#W", min_digits=7, max_digits=7)
BARE = OrderNumbers(prefix="#", min_digits=4, max_digits=6)


@pytest.mark.parametrize(
    "text",
    [
        "SK-1001",
        "sk 1001",
        "sk1001",
        "#1001",
        "1001",
        " 1001. ",
        "SK–1001",
        "SK‑1001",
        "sk_1001",
        "sk #1001",
        "SK-\u200b1001",
        "\u202eSK-1001\u202c",
        "ＳＫ－１００１",
        "SK-١٠٠١",
        "my order is sk-1001, thanks",
        "where is order 1001?",
        "Order no. 1001",
        "number: 1001",
        "SK-1001 I mean sk 1001",
        "SK-1001, bought in 2024 for 10115 Berlin",
    ],
)
def test_one_order_number_is_read(text: str):
    """Case, blanks, dashes, scripts of digits and words around it do not matter."""
    assert normalise_number(text) == "SK-1001"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "order one thousand and one",
        "SK-",
        "SK-12",
        "SK-123456789",
        "risk 1001 of 5",
        "I live in 10115 Berlin",
        "it cost 1001.50 euros",
        "#1001.50",
        "SK-1001 and SK-1002",
        "SK-1001x",
        "👟👟👟",
        "ada@example.com",
        "\ud800",
    ],
)
def test_none_or_several_are_not_guessed(text: str):
    """What is no order number, or two of them, is none."""
    assert normalise_number(text) is None


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("#W2611340", HASH_W, "#W2611340"),
        ("w2611340", HASH_W, "#W2611340"),
        ("my number is w 2611340.", HASH_W, "#W2611340"),
        ("2611340", HASH_W, "#W2611340"),
        ("how 2611340", HASH_W, None),
        ("261134", HASH_W, None),
        ("#1001", BARE, "#1001"),
        ("where is #1001 please", BARE, "#1001"),
    ],
)
def test_the_format_is_the_shops_own(text: str, numbers: OrderNumbers, expected: str | None):
    """Another prefix and another length read as well."""
    assert normalise_number(text, numbers) == expected


@pytest.mark.parametrize("piece", ["#", "sk-", "order ", "1001 ", "-", "9", "\u200b"])
def test_a_very_long_text_is_read_in_one_go(piece: str):
    """A hundred thousand characters hold no number, and do not hold up the others either."""
    assert normalise_number(piece * (100_000 // len(piece))) is None


@given(
    digits=st.from_regex(r"[0-9]{4,8}", fullmatch=True),
    prefix=st.sampled_from(["SK", "sk", "Sk", "ＳＫ"]),
    between=st.text("- –_#.:/\u200b", max_size=4),
    before=st.sampled_from(["", "  ", "order ", "it's ", "(", "my order: "]),
    after=st.sampled_from(["", ".", "!", " please", ")", "\n"]),
)
def test_a_prefixed_number_survives_its_surroundings(digits, prefix, between, before, after):
    """However it is separated and whatever stands around it, the digits come back."""
    assert normalise_number(before + prefix + between + digits + after) == f"SK-{digits}"


@given(st.text(st.characters(codec=None), max_size=60) | st.from_regex(r"(?i)(sk|#| |\d){0,12}"))
def test_what_is_read_is_in_the_shops_format_and_reads_as_itself(text: str):
    """Any text gives a well-formed number that reads as itself, or none."""
    number = normalise_number(text)
    if number is not None:
        assert number.isascii()
        assert number.startswith("SK-")
        assert 4 <= len(number) - 3 <= 8
        assert number[3:].isdigit()
        assert normalise_number(number) == number
