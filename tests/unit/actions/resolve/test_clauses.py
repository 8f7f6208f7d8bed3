import pytest

from actions.resolve import split_requests


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want to return the rug.", ["I want to return the rug."]),
        (
            "Please cancel the sofa and return the rug. Also, where is my lamp?",
            ["Please cancel the sofa", "return the rug.", "Also, where is my lamp?"],
        ),
        (
            "Cancel orders 7001 and 7002 because I no longer need them, and return the lamp too.",
            ["Cancel orders 7001 and 7002 because I no longer need them", "return the lamp too."],
        ),
        (
            "Exchange the rug for a blue one and the lamp for a bigger one. If there is none, keep it.",
            ["Exchange the rug for a blue one and the lamp for a bigger one. If there is none, keep it."],
        ),
        (
            "My rug came yesterday. It has a hole. I want to send it back.",
            ["My rug came yesterday. It has a hole. I want to send it back."],
        ),
        (
            "swap the 1.5 L kettle for the 2 L one, then change my address",
            ["swap the 1.5 L kettle for the 2 L one", "then change my address"],
        ),
    ],
)  # fmt: skip
def test_a_message_is_parted_where_another_request_begins(text, expected):
    """Conditions and what leads up to a request stay with it; nothing is lost."""
    assert expected == split_requests(text)


@pytest.mark.parametrize("text", ["", "   ", "?!", "...", "\n\n"])
def test_a_message_without_words_holds_no_more_than_itself(text):
    """There is nothing to part."""
    assert [part for part in [text.strip()] if part] == split_requests(text)
