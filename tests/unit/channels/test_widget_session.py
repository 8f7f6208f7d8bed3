"""Sessions of the widget: tokens that only the gateway can make, and that do not last for ever."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.widget.session import LIFETIME, RENEWED_AFTER, begin, recognise

SECRET = b"s" * 32
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_token_opens_the_conversation_it_was_given_for():
    """A browser that comes back with its token gets its conversation again."""
    session = begin(SECRET, NOW)
    assert recognise(session.token, SECRET, NOW + RENEWED_AFTER) == session


def test_every_session_has_a_conversation_of_its_own():
    """Two browsers never share a conversation."""
    assert begin(SECRET, NOW).conversation != begin(SECRET, NOW).conversation


def test_a_token_that_nobody_used_opens_nothing_any_more():
    """It ends by itself, to the second."""
    session = begin(SECRET, NOW)
    kept = recognise(session.token, SECRET, NOW + LIFETIME - SECOND)
    assert kept
    assert kept.conversation == session.conversation
    assert recognise(session.token, SECRET, NOW + LIFETIME) is None


def test_a_token_in_use_is_renewed():
    """Whoever comes back after a day gets a token that holds from then on."""
    session = begin(SECRET, NOW)
    later = NOW + RENEWED_AFTER + SECOND
    renewed = recognise(session.token, SECRET, later)

    assert renewed
    assert renewed.conversation == session.conversation
    assert renewed.token != session.token
    assert recognise(renewed.token, SECRET, later + LIFETIME - SECOND) is not None


def test_a_conversation_id_alone_opens_nothing():
    """Whoever reads an id in a log or at the desk cannot make a token of it."""
    assert recognise(begin(SECRET, NOW).conversation, SECRET, NOW) is None


def test_a_signature_holds_for_one_conversation_only():
    """A token's signature cannot be put under another conversation, nor a longer life."""
    mine, theirs = begin(SECRET, NOW).token, begin(SECRET, NOW + LIFETIME).token
    forged = ".".join([*theirs.split(".")[:2], mine.split(".")[2]])
    assert recognise(forged, SECRET, NOW) is None


@pytest.mark.parametrize("key", [SECRET, b"o" * 32])
def test_what_was_signed_otherwise_is_not_recognised(key):
    """Neither another secret's tokens nor those of another use of ours, nor unsigned ones."""
    claims = {"aud": "widget", "sub": "web-1", "exp": NOW + LIFETIME}
    assert recognise(jwt.encode(claims, key, "HS256"), SECRET, NOW) is None
    assert recognise(jwt.encode(claims, None, "none"), SECRET, NOW) is None
    assert recognise(begin(b"o" * 32, NOW).token, SECRET, NOW) is None


@given(st.none() | st.text())
def test_nothing_but_a_token_of_ours_is_recognised(token):
    """No text that the gateway did not sign opens a conversation."""
    assert recognise(token, SECRET, NOW) is None
