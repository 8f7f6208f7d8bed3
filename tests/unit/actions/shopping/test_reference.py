"""It is told which product is meant."""

from types import SimpleNamespace

import pytest

from actions.shopping.browsing import Browsing
from actions.shopping.reference import all_named, which_product
from shop.model import Money, Product, Variant


def product(product_id: str, title: str, cents: int) -> Product:
    variant = Variant(id=product_id, options={}, price=Money(cents, "EUR"), stock=1)
    return Product(id=product_id, title=title, variants=(variant,))


GLASS = product("glass", "Brasa Glass Kettle", 3990)
GOOSE = product("goose", "Aurland Gooseneck Kettle", 6490)
STAND = product("stand", "Nomik Folding Laptop Stand", 2990)
FAN = product("fan", "Brasa Quiet Desk Fan", 4990)
SHOP = {each.id: each for each in (GLASS, GOOSE, STAND, FAN)}


class FakeShelf:
    """Has four products, and finds all of them for anything."""

    services = SimpleNamespace(
        catalogue=SimpleNamespace(
            search=lambda _, k: [SimpleNamespace(product_id=each) for each in SHOP][:k]
        )
    )

    async def find(self, ids):
        """Returns the products in the order of their ids."""
        return [SHOP[each] for each in ids]


KETTLES = Browsing(query="kettle", shown=("glass", "goose"))


@pytest.mark.parametrize(
    ("text", "browsing", "meant"),
    [
        ("the second one", KETTLES, [GOOSE]),
        ("is the last one loud", KETTLES, [GOOSE]),
        ("the cheaper one", KETTLES, [GLASS]),
        ("the most expensive", KETTLES, [GOOSE]),
        ("is the glass one heavy", KETTLES, [GLASS]),
        ("is the kettle heavy", KETTLES, [GLASS, GOOSE]),
        ("is it heavy", KETTLES, [GLASS, GOOSE]),
        ("is it heavy", KETTLES.about(GOOSE), [GOOSE]),
        ("and the glass one?", KETTLES.about(GOOSE), [GLASS]),
        ("does the laptop stand have a cooling fan", Browsing(), [STAND]),
        ("is it heavy", Browsing(), []),
    ],
)
async def test_what_was_shown_or_named_is_meant(text, browsing, meant):
    """By place, price or name; "it" is what was spoken of; several where it is open."""
    assert list((await which_product(text, browsing, FakeShelf())).choices) == meant


async def test_the_answer_to_which_one_holds_for_the_question():
    """The words of the question are as open as before."""
    asked = Browsing(shown=("glass", "goose"), product="goose", question="is the kettle heavy")
    assert (await which_product("is the kettle heavy", asked, FakeShelf())).winner == GOOSE


def test_all_that_is_named_is_told():
    """By place and by name, in the order of the text."""
    kettles = [GLASS, GOOSE]
    assert all_named("compare the first and the second", kettles) == kettles
    assert all_named("gooseneck kettle or glass kettle", kettles) == [GOOSE, GLASS]
    assert all_named("compare these", kettles) == []
