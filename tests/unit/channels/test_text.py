"""What is done to the text that people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.errors import TooLarge
from channels.text import MAX_LENGTH, clean, is_readable


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  where is my order?\n", "where is my order?"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("half a pair \ud83d", "half a pair \ufffd"),
        ("\ud83d\ude00", "😀"),
        ("👩‍👩‍👧 👍🏽", "👩‍👩‍👧 👍🏽"),
        ("שלום, היכן ההזמנה שלי?", "שלום, היכן ההזמנה שלי?"),
        ("/restart", "/restart"),
        ("\x00", ""),
    ],
)
def test_harmful_signs_go_and_all_else_stays(written, kept) -> None:
    """Control characters, broken pairs and outer white space are removed, nothing else."""
    assert clean(written) == kept


@given(st.text(st.characters(codec=None), max_size=MAX_LENGTH))
def test_every_text_can_be_kept(text) -> None:
    """What is left can be encoded, holds no NUL, and cleaning it again changes nothing."""
    kept = clean(text)

    assert "\x00" not in kept
    assert kept.encode().decode() == kept
    assert clean(kept) == kept


@pytest.mark.parametrize("length", [MAX_LENGTH + 1, 100 * 1024])
def test_too_long_a_text_is_refused_with_the_limit(length) -> None:
    """The writer learns how long a text may be."""
    with pytest.raises(TooLarge, match=f"{MAX_LENGTH:,}"):
        clean("a" * length)


@pytest.mark.parametrize("text", ["hi", "?", "👍", "٣", "ש", " x ", "\u200bx"])
def test_readable(text) -> None:
    """One visible sign is enough."""
    assert is_readable(text)


@pytest.mark.parametrize(
    "text", ["", " \t\n", "\u200b\u200c\u200d", "\u202e\u2066", "\u00a0\u2800"]
)
def test_not_readable(text) -> None:
    """White space, joiners, marks of direction and blank signs show nothing."""
    assert not is_readable(text)
