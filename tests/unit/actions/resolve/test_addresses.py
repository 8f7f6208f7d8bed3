import pytest

from actions.resolve import DEFAULT, which_address
from shop.model import Address

KNOWN = {
    DEFAULT: Address(line1="12 Oak Road", line2="Suite 3", city="New York", state="NY", postcode="10010", country="US"),
    "SK-1001": Address(line1="5 Fir Avenue", city="Los Angeles", state="CA", postcode="90001", country="US"),
    "SK-1002": Address(line1="88 Pine Street", city="Houston", state="TX", postcode="77001", country="US"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my default address", DEFAULT),
        ("my NYC address, it is in my profile", DEFAULT),
        ("the same as order sk 1002", "SK-1002"),
        ("the one in Texas", "SK-1002"),
        ("LA", "SK-1001"),
        ("to Pine Street", "SK-1002"),
        ("from Houston to my New York address", DEFAULT),
    ],
)
def test_a_known_address_is_meant_by_what_is_said_of_it(text, expected):
    """By its city, state, street or where it stands."""
    assert KNOWN[expected] == which_address(text, KNOWN).address.winner


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("7 Hill Rd, Apt 2, Salem, OR 97301", ("7 Hill Rd", "Apt 2", "Salem", "OR", "97301", "US")),
        ("send it to 7 Hill Road Salem OR 97301 please", ("7 Hill Road", "", "Salem", "OR", "97301", "US")),
        ("It's 7 Hill Rd, New York, 10001 (both orders).", ("7 Hill Rd", "", "New York", "NY", "10001", "US")),
        ("Lange Gasse 4, 1080 Wien, Austria", ("Lange Gasse 4", "", "Wien", "", "1080", "AT")),
        ("7 Hill Rd, Boise, Idaho 83702, USA", ("7 Hill Rd", "", "Boise", "ID", "83702", "US")),
        ("7 Hill Rd, York YO1 7HH, UK", ("7 Hill Rd", "", "York", "", "YO1 7HH", "GB")),
    ],
)  # fmt: skip
def test_a_written_address_is_read_into_its_fields(text, fields):
    """In the order that its country writes it in, with or without commas."""
    found = which_address(text, KNOWN)
    names = ("line1", "line2", "city", "state", "postcode", "country")
    assert Address(**dict(zip(names, fields, strict=True))) == found.address.winner
    assert found.missing == ()


def test_what_a_written_address_lacks_is_said():
    """So that it can be asked for."""
    assert which_address("7 Hill Road", KNOWN).missing == ("city", "postcode", "state")


@pytest.mark.parametrize(
    "text", ["", "in 3 days", "I ordered 2 rugs", "somewhere else", "it is in order"]
)
def test_a_text_without_an_address_means_none(text):
    """Neither a number nor a word that could be a state's code makes an address."""
    assert which_address(text, KNOWN).address.choices == ()  # fmt: skip
