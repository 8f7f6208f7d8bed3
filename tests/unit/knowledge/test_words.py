"""How texts and queries become words."""

import pytest

from knowledge.words import Words, is_measure

WORDS = Words([["T-shirt", "tee", "tee shirt"], ["laptop", "notebook"]])


def test_words_are_stemmed_once_each_and_sizes_of_batteries_stay():
    """Plurals meet singulars; "D battery" keeps its D, and "do you have" says nothing."""
    assert Words().of_query("Do you have the Batteries: D battery?") == ["batteri", "d"]


@pytest.mark.parametrize("query", ["", "???", "🙂", "the", "\u202e"])
def test_a_query_may_have_no_words(query):
    """What only holds a sentence together, or is no word, is left out."""
    assert Words().of_query(query) == []


@pytest.mark.parametrize("query", ["tees", "T-Shirts", "t shirt", "tee shirt"])
@pytest.mark.parametrize("text", ["Cotton T-Shirt", "Cotton tees", "A tee shirt, cotton"])
def test_synonyms_find_each_other(query, text):
    """Any of a group, in singular or plural, finds all of it; the longest phrase counts."""
    assert set(WORDS.of_query(query)) <= set(WORDS.of_text(text))


def test_the_words_of_a_phrase_can_be_looked_for_alone():
    """A T-shirt is found by "shirt"; a shirt is not found by "T-shirt"."""
    assert "shirt" in WORDS.of_text("Cotton T-Shirt")
    assert set(WORDS.of_query("T-shirt")).isdisjoint(WORDS.of_text("Cotton shirt"))


@pytest.mark.parametrize("query", ['15"', "15 inch", "15-inch", "15in", "15.6 inches", "15,6″"])
@pytest.mark.parametrize("text", ['Notebook 15.6"', "39.6 cm", "15.6-inch screen"])
def test_a_screen_is_found_by_its_inches(query, text):
    """However they are written, in whole inches too, and where the text has centimetres."""
    assert set(Words().of_query(query)) <= set(Words().of_text(text))


@pytest.mark.parametrize(
    ("query", "text"), [("64gb", "64 GB"), ("1.5 l", "1,5L"), ("2 m", "2m"), ("27", '27"')]
)
def test_a_measure_is_one_word_with_or_without_a_space(query, text):
    """Its number alone finds it as well."""
    assert set(Words().of_query(query)) <= set(Words().of_text(text))


def test_other_sizes_do_not_match():
    """15 inches are not 14, nor 15 centimetres."""
    assert set(Words().of_query("15 inch")).isdisjoint(Words().of_text('14", 15 cm'))


@pytest.mark.parametrize(
    ("text", "is_one"), [("500GB", True), ("TN2110", False), ("5 GB x", False)]
)
def test_a_measure_is_told_from_a_code(text, is_one):
    """A number with a unit, and nothing else."""
    assert is_measure(text) is is_one
