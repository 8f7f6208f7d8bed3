"""Texts become vectors without their addresses, and nothing without letters becomes one."""

import numpy as np

from bot.sentences import names_as_examples, sentence_vectors


class FakeEncoder:
    """Remembers what it was given."""

    def encode(self, texts):
        """Returns a vector that shows the text was seen."""
        self.texts = list(texts)
        return np.ones((len(texts), 2), dtype=np.float32)


def test_the_encoder_sees_kinds_instead_of_addresses():
    """Two customers with the same wish say the same."""
    encoder = FakeEncoder()
    sentence_vectors(["SK-1001 from ada@example.com"], encoder)
    assert encoder.texts == ["order number from email"]


def test_what_has_no_letter_or_digit_has_no_direction():
    """Blanks, emoji and punctuation resemble no example."""
    vectors = sentence_vectors(["", " \u200b", "😀👍", "?!", "hi"], FakeEncoder())
    assert vectors.tolist() == [[0, 0]] * 4 + [[1, 1]]


def test_only_the_beginning_of_a_long_text_is_read():
    """A hundred thousand characters cost no more than a page."""
    encoder = FakeEncoder()
    sentence_vectors(["x" * 100_000], encoder)
    assert len(encoder.texts[0]) == 1000


def test_the_name_of_an_intent_is_an_example_of_it():
    """Once each, in words."""
    named = names_as_examples(["track_order", "greet", "track_order"])
    assert named == [("greet", "greet"), ("track order", "track_order")]
