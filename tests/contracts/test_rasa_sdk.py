"""rasa-sdk 3.21 serves Rasa 3.6.21 over HTTP, and a turn that its actions fail is no turn.

The SDK is years ahead of the Rasa that calls it and warns of that; here is what has to work.
"""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from storekeep.ports import free_ports

pytestmark = pytest.mark.rasa

ACTIONS = Path(__file__).with_name("sdk_actions.py")


class ActionServer:
    """A process of plain rasa-sdk that may be started again on its port."""

    def __init__(self, wait_for_answer) -> None:
        (self.port,) = free_ports(1)
        self.wait_for_answer = wait_for_answer
        self.start()

    def start(self) -> None:
        """Returns when it takes calls."""
        self.process = subprocess.Popen(
            (sys.executable, str(ACTIONS), str(self.port)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait_for_answer(f"http://127.0.0.1:{self.port}/health", self.process)


@pytest.fixture(scope="module")
def actions(wait_for_answer) -> Iterator[ActionServer]:
    """The action server."""
    server = ActionServer(wait_for_answer)
    yield server
    server.process.terminate()
    server.process.wait(20)


@pytest.fixture(scope="module")
def rasa(start_rasa, actions):
    """Rasa, calling them."""
    return start_rasa(f"http://127.0.0.1:{actions.port}/webhook")


@pytest.fixture
def say(rasa):
    """Says something in a conversation of this test and returns what is answered."""
    conversation = f"c-{uuid.uuid4().hex}"

    def say(text: str, **content: object):
        metadata = {"request_id": "r-1"}
        status, body = rasa.turn(conversation, text=text, metadata=metadata, **content)
        return [status, *([reply["text"] for reply in body.get("replies", ())] or [body["error"]])]

    say.conversation = conversation
    return say


def test_a_plain_action_answers_in_every_way(rasa):
    """Each utterance is one typed reply; blank lines split nothing, values are no templates."""
    metadata = {"request_id": "r-1"}
    status, body = rasa.turn("c-1", message_id="m", text="show me some lamps", metadata=metadata)
    assert status == 200
    assert body == {
        "turn_complete": True,
        "message_id": "m",
        "replies": [
            {"type": "text", "text": "c-1\n\nr-1"},
            {
                "type": "choices",
                "text": "Which?",
                "choices": [{"title": "This", "payload": "/affirm"}],
            },
            {"type": "image", "text": "A picture", "url": "/images/a.svg"},
            {"type": "link", "text": "Go", "url": "/x"},
            {"type": "text", "text": "from {order_number}"},
        ],
    }


def test_a_form_extracts_validates_and_ends(say):
    """One slot by custom extraction, the other refused once and then taken."""
    assert "order number" in say("where is my parcel")[1]
    assert "postcode" in say("the fox")[1]
    assert say("it is 99999")[1] == "Another one, please."
    assert say("it is 10115")[1:] == ["fox by 10115"]


def test_a_failing_action_fails_the_turn_and_a_retry_finds_nothing_of_it(say):
    """The same message id works as if it came for the first time, and once only."""
    asked = {"message_id": "m-1"}
    assert say("how long do returns take", **asked) == [500, {"code": "action-failed"}]
    assert say("how long do returns take", **asked) == [200, "call 2"]
    assert say("how long do returns take", **asked) == [200, "call 2"]


def test_a_turn_without_a_reply_fails(say):
    """Silence is no answer."""
    assert say("%%% ???") == [500, {"code": "no-reply"}]


def test_an_action_server_that_dies_in_mid_turn_is_waited_for(rasa, actions, say):
    """The caller is told to come again; then the dialogue goes on where it was."""
    assert "order number" in say("where is my parcel")[1]
    assert say("get me a person") == [503, {"code": "actions-unavailable"}]
    actions.process.wait(20)
    assert rasa.request("ready") == (503, {"error": {"code": "actions-unavailable"}})
    assert say("the fox", message_id="m-2") == [503, {"code": "actions-unavailable"}]
    actions.start()
    assert rasa.request("ready")[0] == 200
    assert "postcode" in say("the fox", message_id="m-2")[1]


def test_what_customers_write_is_not_in_the_log(rasa, say):
    """Not even when their turn fails."""
    say("%%% my secret %%%")
    assert "my secret" not in rasa.log.read_text()
