"""Words: the share of the query that a text has."""

import numpy as np
import pytest

from knowledge.lexical import Lexical

TEXTS = [["red", "sock"], ["red", "shoe"], ["kettl"]]


def test_a_text_with_all_words_scores_above_one_with_some():
    """Scores are shares between 0 and 1."""
    scores = Lexical.build(TEXTS).scores(["red", "sock"])
    assert 1 >= scores[0] > scores[1] > scores[2] == 0


def test_unknown_words_weigh_in():
    """A text cannot have all of a query of which one word is nowhere."""
    lexical = Lexical.build(TEXTS)
    assert lexical.scores(["red", "sock", "xylophon"])[0] < lexical.scores(["red", "sock"])[0]


@pytest.mark.parametrize("words", [[], ["nowhere"]])
def test_a_query_without_known_words_scores_nothing(words):
    """No text has a share of nothing."""
    np.testing.assert_array_equal(Lexical.build([["red"], []]).scores(words), [0, 0])


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_texts_without_words_can_be_indexed(texts, tmp_path):
    """An odd catalogue is no reason to fail."""
    Lexical.build(texts).save(tmp_path)
    assert not Lexical.load(tmp_path).scores(["red"]).any()


def test_saved_scores_are_the_same(tmp_path):
    """What is loaded scores as what was built."""
    lexical = Lexical.build(TEXTS)
    lexical.save(tmp_path)
    np.testing.assert_array_equal(
        Lexical.load(tmp_path).scores(["red", "sock"]), lexical.scores(["red", "sock"])
    )
