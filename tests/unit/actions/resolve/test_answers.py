import pytest

from actions.resolve import Yes, yes_no


@pytest.mark.parametrize(
    "text",
    ["yes", "Yes, please!", "sure, go ahead", "ok", "That's right, thanks", "I confirm", "👍",
     "yes. do it", "Yup", "no worries, go ahead", "yes, to both", "go ahead and process it"],
)  # fmt: skip
def test_a_plain_yes_is_a_yes(text):
    """What agrees and says nothing else is a yes."""
    assert Yes.YES is yes_no(text).says


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("yes but to my gift card", "to my gift card"),
        ("Yes, except the lamp", "except the lamp"),
        ("ok, if it is free", "if it is free"),
        ("yes, can you do it today?", "can you do it today"),
        ("yes not the blue one", "not the blue one"),
        ("sure, and send back the rug too", "send back the rug too"),
    ],
)
def test_a_yes_with_more_is_no_plain_yes(text, rest):
    """What adds anything to a yes could change what is agreed to."""
    answer = yes_no(text)
    assert (Yes.YES_BUT, rest) == (answer.says, answer.rest)


@pytest.mark.parametrize(
    "text", ["no", "No thanks", "nope", "don't", "please do not", "never mind", "stop",
             "no, do not cancel it", "I don't want that", "not yet", "👎"]
)  # fmt: skip
def test_a_plain_no_is_a_no(text):
    """What declines and says nothing else is a no."""
    assert Yes.NO is yes_no(text).says


def test_a_no_with_a_wish_keeps_the_wish():
    """What is wanted instead is handed on."""
    answer = yes_no("no, the blue one")
    assert (answer.says, answer.rest) == (Yes.NO_BUT, "the blue one")


@pytest.mark.parametrize(
    "text", ["what would that cost?", "ok?", "wait, when will it arrive?", "the blue one", "",
             "right away", "yesterday it broke", "note that it is blue", "nothing works"]
)  # fmt: skip
def test_anything_else_is_neither(text):
    """A question or another matter agrees to nothing and declines nothing."""
    assert Yes.NEITHER is yes_no(text).says


def test_only_the_act_that_was_asked_about_is_agreed_to():
    """To say "yes, cancel it" agrees to a cancellation; to a return it may mean the opposite."""
    assert Yes.YES is yes_no("yes, cancel it", verb="cancel").says
    assert Yes.YES_BUT is yes_no("yes, cancel it", verb="return").says
