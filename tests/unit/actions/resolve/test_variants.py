import pytest

from actions.resolve import which_variant


def won(swap):
    return swap.offers.winner.variant.id if swap.offers.winner else None


@pytest.fixture
def shirt(shop):
    return shop.product(
        "Linen Shirt",
        color=["white", "navy", "red"],
        size=["S", "M", "L", "XL"],
        collar=["button-down", "mandarin"],
    )


@pytest.fixture
def mine(shop, shirt):
    return shop.line_of(shirt, "white", "L", "mandarin")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in navy", "navy-L-mandarin"),
        ("for a red one in M", "red-M-mandarin"),
        ("one size smaller", "white-M-mandarin"),
        ("the next size up, a bit larger", "white-XL-mandarin"),
        ("medium", "white-M-mandarin"),
        ("for the button-down collar", "white-L-button-down"),
        ("the largest in red", "red-XL-mandarin"),
        ("red instead of white", "red-L-mandarin"),
        ("navvy", "navy-L-mandarin"),
        ("not navy and not white", "red-L-mandarin"),
        ("the cheapest", "white-S-button-down"),
        ("the most expensive one", "red-XL-mandarin"),
        ("the cheapest red one", "red-S-button-down"),
        ("the cheapest in the same size", "white-L-button-down"),
        ("red-S-mandarin", "red-S-mandarin"),
        ("red, size S, same collar", "red-S-mandarin"),
    ],
)
def test_a_wish_changes_what_it_names_and_keeps_the_rest(shirt, mine, text, expected):
    """By value, direction, negation, price or id; the own variant is never the answer."""
    assert expected == won(which_variant(text, shirt, mine))


def test_a_direction_that_several_values_follow_is_asked_about(shop):
    """A smaller one than L may be M or S."""
    shirt = shop.product("Shirt", size=["S", "M", "L"])
    swap = which_variant("a smaller one", shirt, shop.line_of(shirt, "L"))
    assert (won(swap), [o.variant.id for o in swap.offers.choices]) == (None, ["S", "M"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("it's too small", "L"),
        ("too big", "S"),
        ("it is not big enough", "L"),
        ("one size up", "L"),
        ("a size down please", "S"),
    ],
)
def test_a_complaint_about_the_size_asks_for_the_opposite(shop, text, expected):
    """What is too small shall be bigger, though "small" is a size."""
    shirt = shop.product("Shirt", size=["S", "M", "L"])
    assert expected == won(which_variant(text, shirt, shop.line_of(shirt, "M")))


@pytest.mark.parametrize(
    ("values", "current", "text", "expected"),
    [
        (["40 × 80 cm", "50 × 70 cm"], "40 × 80 cm", "50x70", "50 × 70 cm"),  # noqa: RUF001
        (["39–41", "42–44"], "39–41", "size 43", "42–44"),  # noqa: RUF001
        (["1 bulb", "3 bulbs"], "1 bulb", "three bulbs", "3 bulbs"),
        (["paperback", "hardcover"], "paperback", "hard cover", "hardcover"),
        (["S, 51 cm", "M, 55 cm"], "S, 51 cm", "medium", "M, 55 cm"),
        (["W30 L32", "W32 L32"], "W30 L32", "W32 L32", "W32 L32"),
        (["13-inch", "15-inch"], "13-inch", '15"', "15-inch"),
        (["256GB SSD", "1TB SSD"], "256GB SSD", "1 tb", "1TB SSD"),
    ],
)
def test_values_are_known_however_they_are_written(shop, values, current, text, expected):
    """With other units, signs, spaces or numbers in words."""
    thing = shop.product("Thing", size=values)
    assert expected == won(which_variant(text, thing, shop.line_of(thing, current)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("with 500 ml more", "1.5 L"),
        ("1500ml", "1.5 L"),
        ("a slightly bigger one", "1.5 L"),
        ("the biggest", "2 L"),
        ("at least 2 liters", "2 L"),
        ("500 ml less", "0.5 L"),
    ],
)
def test_amounts_compare_across_units(shop, text, expected):
    """Millilitres and litres are one measure."""
    kettle = shop.product("Kettle", capacity=["0.5 L", "1 L", "1.5 L", "2 L"])
    assert expected == won(which_variant(text, kettle, shop.line_of(kettle, "1 L")))


def test_what_must_change_as_well_is_said(shop):
    """Where the rest cannot stay as it is, the nearest is offered and says what changes."""
    lamp = shop.product(
        "Lamp", without=[("red", "large")], color=["blue", "red"], size=["small", "large"]
    )
    offer = which_variant("in red", lamp, shop.line_of(lamp, "blue", "large")).offers.winner
    assert (offer.variant.id, offer.relaxed) == ("red-small", ("size",))  # fmt: skip


@pytest.mark.parametrize("text", ["in green please", "3 m", "in red"])
def test_what_cannot_be_had_is_not_replaced_in_silence(shop, text):
    """Neither a value that does not exist nor one that is sold out has a substitute."""
    rug = shop.product(
        "Rug", without=[("red", "2 m")], color=["blue", "red", "tan"], length=["2 m"]
    )
    swap = which_variant(text, rug, shop.line_of(rug, "blue", "2 m"))
    assert swap.offers.choices == ()  # fmt: skip


def test_a_fallback_counts_only_where_the_first_wish_fails(shop):
    """What is wanted "if there is none" is a second wish on top of the first."""
    text = "linear. If there is no such one, then with no light."
    options = {"switch": ["linear", "tactile"], "light": ["white", "none"]}
    board = shop.product("Keyboard", **options)
    assert (
        won(which_variant(text, board, shop.line_of(board, "tactile", "white"))) == "linear-white"
    )
    sold_out = shop.product("Keyboard", without=[("linear", "white")], **options)
    assert (
        won(which_variant(text, sold_out, shop.line_of(sold_out, "tactile", "white")))
        == "linear-none"
    )


def test_a_fallback_that_is_no_variant_is_handed_on(shop):
    """What is no wish for a variant is for the caller to act on."""
    lamp = shop.product("Lamp", without=[("red",)], color=["blue", "red"])
    swap = which_variant("red, otherwise just send it back", lamp, shop.line_of(lamp, "blue"))
    assert (won(swap), swap.otherwise) == (None, "just send it back")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a dimmer one, prefer battery > usb > mains", "low-battery"),
        ("a dimmer one, preferably mains", "low-mains"),
        ("low brightness, usb if available", "low-usb"),
    ],
)
def test_preferences_are_taken_in_their_order(shop, text, expected):
    """What is preferred decides among what fulfils the wish."""
    lamp = shop.product("Lamp", brightness=["low", "high"], power=["usb", "battery", "mains"])
    assert expected == won(which_variant(text, lamp, shop.line_of(lamp, "high", "usb")))


def test_negation_of_an_option_means_its_absence(shop):
    """What is "not waterproof" has the value "no", what is "without insole" the value "none"."""
    boots = shop.product("Boots", waterproof=["yes", "no"], insole=["none", "cork"])
    mine = shop.line_of(boots, "yes", "cork")
    assert won(which_variant("ones that are not waterproof", boots, mine)) == "no-cork"
    assert won(which_variant("without insole", boots, mine)) == "yes-none"


def test_the_same_as_in_another_order_is_looked_up(shop, shirt, mine):
    """What the customer has of it elsewhere says what is wanted."""
    other = shop.line_of(shirt, "navy", "S", "mandarin")
    text = "for the same one as in my other order"
    assert won(which_variant(text, shirt, mine, others=[other])) == "navy-S-mandarin"


def test_a_value_is_found_by_another_word(shop, meaning):
    """Gloomy is dark."""
    rug = shop.product("Rug", tone=["light", "dark"])
    assert (
        won(which_variant("a gloomy one", rug, shop.line_of(rug, "light"), meaning=meaning))
        == "dark"
    )


@pytest.mark.parametrize("text", ["", "a different one", "it's too late", "I'm not sure", "why?"])
def test_a_text_that_wishes_nothing_is_not_understood(shirt, mine, text):
    """No variant is picked where nothing was said."""
    swap = which_variant(text, shirt, mine)
    assert (swap.is_understood, swap.offers.choices) == (False, ())
