import json

import pytest

from channels.errors import BadRequest
from channels.widget.frames import Choose, Hello, Say, parse

ID = "0f8fad5bd9cb469fa165"


@pytest.mark.parametrize(
    ("sent", "frame"),
    [
        ({"type": "hello"}, Hello(type="hello", token=None, after=0)),
        ({"type": "hello", "token": "t", "after": 7}, Hello(type="hello", token="t", after=7)),
        ({"type": "message", "id": ID, "text": "hi"}, Say(type="message", id=ID, text="hi")),
        ({"type": "choice", "id": ID, "choice": "c"}, Choose(type="choice", id=ID, choice="c")),
    ],
)
def test_a_frame_of_the_protocol_is_read(sent, frame):
    """Each frame that a browser may send is read as what it is."""
    assert parse(json.dumps(sent)) == frame


@pytest.mark.parametrize(
    "data",
    [
        "",
        "{",
        "[]",
        '"hello"',
        '{"type": "welcome"}',
        '{"type": "hello", "after": -1}',
        '{"type": "hello", "after": 1e300}',
        '{"type": "hello", "after": 99999999999999999999}',
        '{"type": "hello", "token": 5}',
        f'{{"type": "message", "id": "{ID}"}}',
        f'{{"type": "message", "id": "{ID}", "text": null}}',
        '{"type": "message", "id": "", "text": "hi"}',
        '{"type": "message", "id": "a b c d e f", "text": "hi"}',
        f'{{"type": "choice", "id": "{ID}", "choice": {{"payload": "/restart"}}}}',
    ],
)
def test_anything_else_is_refused_without_repeating_it(data):
    """What is no frame is refused, and the refusal does not echo what came."""
    with pytest.raises(BadRequest) as refusal:
        parse(data)
    assert str(refusal.value) == "This is not a frame of the widget's protocol."
