"""How the texts of a feed become the fields of a product."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.feeds.entry import BadField, checked, money, stock, text
from shop.feeds.feed_map import FeedMap
from shop.model import Money


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("15", Money(1500, "EUR")),
        ("15.5", Money(1550, "EUR")),
        ("12,50", Money(1250, "EUR")),
        ("1,299", Money(129900, "EUR")),
        ("1,299.00", Money(129900, "EUR")),
        ("1.299,00", Money(129900, "EUR")),
        ("1,234,567.89", Money(123456789, "EUR")),
        ("0", Money(0, "EUR")),
        ("15.00 USD", Money(1500, "USD")),
        ("USD 15.00", Money(1500, "USD")),
        ("1500 JPY", Money(1500, "JPY")),
        ("1.500 KWD", Money(1500, "KWD")),
    ],
)
def test_an_amount_is_read_in_its_currency(written: str, expected: Money):
    """Thousands, decimals and the currency's own number of decimals are understood."""
    assert money(written, "EUR") == expected


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-1",
        "1.299",
        "19.995",
        "1,29,9",
        "1e3",
        "NaN",
        "٣",
        "5 EUR USD",
        "1 000",
        "1.5 JPY",
        "€5",
    ],
)
def test_an_amount_that_may_mean_two_things_is_refused(written: str):
    """Nothing is rounded and nothing guessed."""
    with pytest.raises(BadField):
        money(written, "EUR")


@given(st.integers(0, 10**9))
def test_any_amount_survives_being_written(minor: int):
    """Cents written with and without thousands come back."""
    assert money(f"{minor // 100}.{minor % 100:02}", "EUR").minor == minor
    assert money(f"{minor // 100:,}.{minor % 100:02} EUR", "EUR").minor == minor


@pytest.mark.parametrize(
    ("written", "expected"),
    [("3", 3), ("3.0", 3), ("-2", 0), ("", 100), ("in_stock", 100), ("Out of stock", 0)],
)
def test_stock_is_a_number_or_a_word(written: str, expected: int):
    """Oversold is none left; no number is what the map assumes."""
    assert stock(written, FeedMap()) == expected


def test_a_stock_of_other_words_is_refused():
    """What nobody knows is not taken for plenty."""
    with pytest.raises(BadField):
        stock("some", FeedMap())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("<p>Soft</p><p>warm &amp; dry</p>", "Soft warm & dry"),
        ("<script>alert(1)</script>Mug<style>p{}</style>", "Mug"),
        ("a < b", "a < b"),
        ("&lt;b&gt;", "<b>"),
        (" two\n\tlines\x00 ", "two lines"),
    ],
)
def test_a_text_is_what_a_reader_sees(written: str, expected: str):
    """Markup, scripts and control characters are gone."""
    assert text(written) == expected


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "data:x", "k.jpg"])
def test_only_web_addresses_are_links(kettle, address: str):
    """Neither a script nor another shop's page gets into a card."""
    for name in ("image", "link"):
        with pytest.raises(BadField, match="is not a web address"):
            checked(replace(kettle, **{name: address}))


def test_variants_are_checked(kettle):
    """Negative prices and stocks and repeated ids do not get in."""
    first, second = kettle.variants
    for variants in (
        (),
        (replace(first, price=Money(-1, "EUR")),),
        (replace(first, stock=-1),),
        (first, replace(second, id=first.id)),
    ):
        with pytest.raises(BadField):
            checked(replace(kettle, variants=variants))
    assert checked(kettle) == kettle
