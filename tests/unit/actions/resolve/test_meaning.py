from actions.resolve import Candidate, Meaning, Resolution


def test_no_text_is_encoded_twice(encoder):
    """What was encoded once is remembered."""
    meaning = Meaning(encoder)
    meaning.likeness("sofa", ["couch", "rug"])
    meaning.likeness("sofa", ["rug", "couch"])
    assert encoder.encoded == ["sofa", "couch", "rug"]


def test_words_of_one_concept_are_near(meaning):
    """A cosine of nearly one, against nearly none."""
    couch, rug = meaning.likeness("sofa", ["couch", "rug"])
    assert couch > 0.9
    assert rug < 0.2


def test_a_winner_is_good_enough_and_far_ahead():
    """Otherwise those that are near each other are the choices, or there are none."""
    clear = Resolution.ranked([Candidate("b", 0.6), Candidate("a", 0.9)])
    close = Resolution.ranked([Candidate("a", 0.9), Candidate("b", 0.88), Candidate("c", 0.5)])
    weak = Resolution.ranked([Candidate("a", 0.4)])
    assert (clear.winner, clear.choices) == ("a", ("a",))
    assert (close.winner, close.choices) == (None, ("a", "b"))
    assert (weak.winner, weak.choices) == (None, ())
