"""Products are kept by price, stock and the words that are said of them."""

from decimal import Decimal

import pytest

from actions.resolve.wish import Price
from actions.shopping.limits import Limits, having
from shop.model import Money, Product, Variant


def product(name: str, *variants: tuple[str, str, int, int], **about: str) -> Product:
    """A product with variants of a colour, a size, a price in cents and a stock."""
    return Product(
        id=name,
        title=about.pop("title", name),
        description=about.pop("description", ""),
        attributes=about,
        variants=tuple(
            Variant(
                id=f"{name}-{i}",
                options={"color": color, "size": size},
                price=Money(cents, "EUR"),
                stock=stock,
            )
            for i, (color, size, cents, stock) in enumerate(variants)
        ),
    )


HOODIE = product(
    "hoodie", ("black", "M", 5900, 0), ("blue", "L", 6900, 4), description="Made of cotton."
)
COAT = product("coat", ("black", "L", 9900, 2), material="wool")


@pytest.mark.parametrize(
    ("limits", "kept"),
    [
        (Limits(), [HOODIE, COAT]),
        (Limits(at_most=Decimal(60)), [HOODIE]),
        (Limits(at_most=Decimal(60), in_stock=True), []),
        (Limits(at_least=Decimal(70)), [COAT]),
        (Limits(in_stock=True), [HOODIE, COAT]),
        (Limits(price=Price.HIGHEST), [COAT, HOODIE]),
        (Limits(having="in black"), [HOODIE, COAT]),
        (Limits(having="in black", in_stock=True), [COAT]),
        (Limits(having="black, size M"), [HOODIE]),
        (Limits(having="not black"), [HOODIE]),
        (Limits(having="cotton ones"), [HOODIE]),
        (Limits(having="wool"), [COAT]),
        (Limits(having="in pink"), []),
    ],
)
def test_a_product_is_kept_if_one_variant_keeps_all_limits(limits, kept):
    """Not one that is cheap and another that is there."""
    assert limits.sift([HOODIE, COAT]) == kept


def test_the_variants_with_the_named_options_are_told():
    """All options that are named have to agree."""
    assert [each.id for each in having(HOODIE, "the blue one in L")] == ["hoodie-1"]
    assert having(HOODIE, "the blue one in M") == []


def test_what_is_said_later_holds():
    """A new price replaces the old one; words are added."""
    first = Limits(at_most=Decimal(50), having="black")
    assert first | Limits(at_most=Decimal(80), having="cotton") == Limits(
        at_most=Decimal(80), having="black, cotton"
    )


def test_limits_outlive_a_slot():
    """Slots hold plain values."""
    limits = Limits(
        at_least=Decimal("9.50"), at_most=Decimal(50), in_stock=True, price=Price.LOWER, having="x"
    )
    assert Limits.of(limits.as_json()) == limits
    assert Limits.of(Limits().as_json()) == Limits()
