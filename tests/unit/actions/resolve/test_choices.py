import pytest

from actions.resolve import which_choice, which_reason

TITLES = ["Wool Rug, blue, 120 cm", "Jute Rug, sand, 160 cm", "Wool Rug, sand, 160 cm"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the first one", 0),
        ("2", 1),
        ("option 3", 2),
        ("the last", 2),
        ("the blue one", 0),
        ("jute", 1),
        ("the wool one in sand", 2),
        ("Jute Rug, sand, 160 cm", 1),
    ],
)
def test_a_choice_is_meant_by_place_or_words(text, expected):
    """What was offered is found by its place, its title or the words that only it has."""
    assert expected == which_choice(text, TITLES).winner


def test_words_that_several_choices_have_leave_it_open():
    """Where two fit as well, both are offered again."""
    found = which_choice("wool rug", TITLES)
    assert (found.winner, found.choices) == (None, (0, 2))


@pytest.mark.parametrize("text", ["the fourth", "9", "the red one", "none of these", ""])
def test_what_was_not_offered_is_no_choice(text):
    """Nothing is chosen for the customer."""
    assert which_choice(text, TITLES).choices == ()


def test_a_reason_is_found_in_other_words(meaning):
    """A reason is known by the shop's own words, or by what they mean."""
    reasons = {"unneeded": "no longer needed", "mistake": "ordered by mistake"}
    assert which_reason("It's no longer needed.", reasons).winner == "unneeded"
    assert which_reason("that was a mistake", reasons).winner == "mistake"
    assert which_reason("accident", reasons, meaning=meaning).winner == "mistake"
    assert None is which_reason("it broke", reasons, meaning=meaning).winner
