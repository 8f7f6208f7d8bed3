from hypothesis import given
from hypothesis import strategies as st

from channels.widget.session import begin, recognise

SECRET = b"s" * 32


def test_a_token_opens_the_conversation_it_was_given_for():
    """A browser that comes back with its token gets its conversation again."""
    session = begin(SECRET)
    assert recognise(session.token, SECRET) == session


def test_every_session_has_a_conversation_of_its_own():
    """Two browsers never share a conversation."""
    assert begin(SECRET).conversation != begin(SECRET).conversation


def test_a_conversation_id_alone_opens_nothing():
    """Whoever reads an id in a log or at the desk cannot make a token of it."""
    conversation = begin(SECRET).conversation
    assert recognise(conversation, SECRET) is None
    assert recognise(f"{conversation}.", SECRET) is None


def test_a_signature_holds_for_one_conversation_only():
    """A token's signature cannot be put under another conversation."""
    mine, theirs = begin(SECRET), begin(SECRET)
    signature = mine.token.partition(".")[2]
    assert recognise(f"{theirs.conversation}.{signature}", SECRET) is None


def test_a_token_of_another_secret_is_not_recognised():
    """After the secret was changed, old tokens open nothing."""
    assert recognise(begin(b"o" * 32).token, SECRET) is None


@given(st.none() | st.text())
def test_nothing_but_a_token_of_ours_is_recognised(token):
    """No text that the gateway did not sign opens a conversation."""
    assert recognise(token, SECRET) is None
