"""What customers write never begins like a command of Rasa's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.free_text import neutralise


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("/restart", "restart"),
        (" \t//  / restart", "restart"),
        ("\u2028/restart", "restart"),
        ("/", ""),
        ("and/or", "and/or"),
        ("／restart", "／restart"),  # noqa: RUF001 (Rasa does not take it for a prefix)
    ],
)
def test_the_prefix_goes_and_the_words_stay(text, safe):
    """However many blanks and slashes come first."""
    assert neutralise(text) == safe


@given(st.text(alphabet=st.sampled_from("/ \t\n\u00a0\u2003\u3000\x1fa{\u200b")))
def test_no_text_is_a_command_after_rasa_has_stripped_it(text):
    """Rasa strips blanks before it looks for the prefix."""
    assert not neutralise(text).strip().startswith("/")


def test_long_texts_are_cut():
    """Each later turn carries the dialogue along."""
    assert len(neutralise("x" * 100_000)) == 4000
