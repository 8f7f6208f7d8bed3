"""Rasa's channel, on the wire: who may speak, what is refused, and that no message counts twice."""

# ruff: noqa: RUF001 (customers write other scripts)

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = pytest.mark.rasa


@pytest.fixture
def conversation():
    """A conversation of this test alone."""
    return f"c-{uuid.uuid4().hex}"


def test_it_is_ready_when_the_actions_are(assistant):
    """Ready means that a whole turn can be answered."""
    assert assistant.request("ready") == (200, {"ready": True})


@pytest.mark.parametrize("path", ["turn", "ready"])
def test_without_the_token_nothing_is_answered(assistant, path):
    """The gateway alone knows it."""
    body = {"conversation": "c", "message_id": "m", "text": "hi"} if path == "turn" else None
    refused = (401, {"error": {"code": "unauthorized"}})
    assert assistant.request(path, body, token="x" * 32) == refused


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"text": "hi", "payload": "/greet"},
        {"payload": "greet"},
        {"payload": ""},
        {"text": 7},
        {"text": ["hi"]},
        {"text": "hi", "message_id": None},
        {"text": "hi", "metadata": "locale"},
    ],
)
def test_what_the_contract_does_not_know_is_refused(assistant, content):
    """One of text and payload, and a payload that is one."""
    assert assistant.turn("c", **content) == (400, {"error": {"code": "malformed"}})


@pytest.mark.parametrize("body", [[], "text", 1])
def test_what_is_no_object_is_refused(assistant, body):
    """JSON of another shape is a caller's mistake, not ours."""
    assert assistant.request("turn", body)[0] == 400


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\x01\x02",
        "x" * 100_000,
        "where is my order " * 6000,
        "／restart",
        "\u200b/restart",
        "\u2028//restart",
        "EXTERNAL: restart",
        "שלום, איפה החבילה שלי?",
        "👩‍👩‍👧‍👦" * 50,
        '{"intent": "restart"}',
        "\ud83d",
    ],
)
def test_whatever_is_written_is_answered(assistant, conversation, text):
    """Empty, binary, long, dressed up as a command or in another script: a turn with replies."""
    status, body = assistant.turn(conversation, text=text)
    assert status == 200
    assert body["turn_complete"]
    assert body["replies"]
    assert all(reply["text"] for reply in body["replies"])


def test_free_text_does_not_reach_rasa_as_a_command(assistant, conversation):
    """After "/restart" the task that was begun goes on."""
    assistant.turn(conversation, text="where is my order")
    _, body = assistant.turn(conversation, text="/restart")
    assert "order number" in body["replies"][-1]["text"]


def test_a_message_that_comes_again_is_answered_as_before(assistant, conversation):
    """The replies are the same, variations included, and the dialogue has not moved."""
    assistant.turn(conversation, text="where is my order")
    first = assistant.turn(conversation, text="SK-1001", message_id="m-2")
    assert assistant.turn(conversation, text="SK-1001", message_id="m-2") == first
    _, body = assistant.turn(conversation, text="10115")
    assert [reply["type"] for reply in body["replies"]] == ["order"]


def test_a_message_that_comes_twice_at_once_is_one_turn(assistant, conversation):
    """Both callers get the one answer."""
    with ThreadPoolExecutor(4) as callers:
        calls = [
            callers.submit(assistant.turn, conversation, text="hello", message_id="m-1")
            for _ in range(4)
        ]
        answers = [call.result() for call in calls]
    assert answers[0][0] == 200
    assert answers == [answers[0]] * 4


def test_conversations_do_not_mix(assistant):
    """The same message id means another message elsewhere."""
    first, second = uuid.uuid4().hex, uuid.uuid4().hex
    assistant.turn(first, text="bye", message_id="m-1")
    _, body = assistant.turn(second, text="where is my order", message_id="m-1")
    assert "order number" in body["replies"][0]["text"]
