"""A delivery file is right, or refused with the line that is wrong."""

from pathlib import Path

import pytest

from shop.delivery_terms import DeliveryTerms, load_delivery_terms
from shop.errors import ConfigError

ROOT = Path(__file__).parents[3]


def test_those_that_ship_are_right():
    """The demo shop has every way of delivery, and promises about each country that it serves."""
    terms = load_delivery_terms(ROOT / "data/shop/delivery.yml")
    assert {method.way.value for method in terms.methods.values()} == {
        "door",
        "pick-up-point",
        "locker",
        "drone",
        "robot",
    }
    abroad = set(terms.methods["cross-border"].countries)
    assert abroad == terms.duties.keys()
    assert load_delivery_terms(ROOT / "data/tau2/delivery.yml").methods == {}


def test_methods_reach_countries_or_postcodes_that_begin_so():
    """A postcode is compared without its spaces, in any case."""
    terms = load_delivery_terms(ROOT / "data/shop/delivery.yml")
    instant, standard = terms.methods["instant"], terms.methods["standard"]
    assert instant.reaches("DE", "10 115")
    assert not instant.reaches("DE", "20259")
    assert not instant.reaches("DE", "")
    assert not instant.reaches("FR", "10115")
    assert standard.reaches("FR", "")
    assert not standard.reaches("GB", "SE15 5BS")


METHOD = "carriers: {A: {}}\nmethods:\n  x:\n    carrier: A\n    countries: [DE]\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("home_country: de\n", ":1: home_country: String should match"),
        ("methods:\n  x: {carrier: B, countries: [DE], minutes: {}}\n", ":2: methods.x.minutes."),
        (
            "methods:\n  x: {carrier: B, countries: [], days: {at_least: 1, at_most: 2}}\n",
            ":1: Value error, B: not among the carriers",
        ),
        (METHOD, ":3: methods.x: Value error, a method takes either days or minutes"),
        (f"{METHOD}    order_by: late\n    days: {{}}\n", ":6: methods.x.order_by: "),
        ("duties:\n  CH:\n    tax_percent: 120\n", ":3: duties.CH.tax_percent: Input should be"),
        ("exchange:\n  day: 2026-11-20\n  rates: {GBP: 0}\n", ":3: exchange.rates.GBP: Input"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, text: str, fault: str):
    """File, line, key and what is wrong stand in the error."""
    path = tmp_path / "delivery.yml"
    path.write_text(text)
    with pytest.raises(ConfigError) as raised:
        load_delivery_terms(path)
    assert f"{path}{fault}" in str(raised.value)


def test_an_empty_file_promises_nothing(tmp_path: Path):
    """A shop that says nothing of its deliveries has no methods."""
    path = tmp_path / "delivery.yml"
    path.write_text("")
    assert load_delivery_terms(path) == DeliveryTerms()
