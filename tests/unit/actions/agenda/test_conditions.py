"""What is wanted on a condition is told apart from what is wanted anyway."""

import pytest

from actions.agenda.conditions import pieces


def test_what_is_wanted_if_it_cannot_be_had_is_a_fallback():
    """It has lost its condition, and what follows belongs to it."""
    first, then = pieces(
        "Swap the lamp for a taller one. If there is none, send it back. It is ugly."
    )
    assert first.text == "Swap the lamp for a taller one."
    assert then.text == "send it back. It is ugly."
    assert then.is_fallback


@pytest.mark.parametrize(
    "text", ["If the refund has come, cancel the rest", "And if it fits, then return the other"]
)
def test_what_is_wanted_if_something_holds_is_no_fallback(text):
    """It is wanted, but on a condition."""
    (piece,) = pieces(text)
    assert piece.is_conditional
    assert not piece.is_fallback


@pytest.mark.parametrize("word", ["otherwise", "Or else", "failing that"])
def test_otherwise_is_a_condition_too(word):
    """It stands for "if not"."""
    _, then = pieces(f"change it to blue. {word}, cancel the order")
    assert then.text == "cancel the order"
    assert then.is_fallback


def test_without_a_condition_a_text_is_one_piece():
    """Nothing is cut."""
    assert [piece.text for piece in pieces("return the mug, the rug and the jug")] == [
        "return the mug, the rug and the jug"
    ]
