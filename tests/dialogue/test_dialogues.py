"""Conversations of several turns, from the YAML files beside, with the assistant as it runs.

A file holds conversations by name; a conversation is a list of turns:

    - customer: where is my order      # or `chooses: Track my order`, a choice of the last replies
                                       # `{code}` stands for the code in the latest mail
      bot:                             # all replies, in order: the type or `any`, and words of it
      - text: order number

The words are a regular expression, found anywhere, in either case. Variations of a response all
have to fit them.
"""

import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.rasa

FILES = sorted(Path(__file__).parent.glob("test_*.yml"))
DIALOGUES = [
    pytest.param(turns, id=f"{file.stem.removeprefix('test_')}: {name}")
    for file in FILES
    for name, turns in yaml.safe_load(file.read_text("utf-8")).items()
]


@pytest.mark.parametrize("turns", DIALOGUES)
def test_the_dialogue_goes_as_written(assistant, mailed_code, turns):
    """Every turn is answered by these replies and no others."""
    conversation, replies = f"c-{uuid.uuid4().hex}", []
    for turn in turns:
        content = message(turn, replies, mailed_code)
        status, body = assistant.turn(conversation, **content)
        assert status == 200, f"{content} was answered by {status} {body}"
        replies = body["replies"]
        assert fits(turn["bot"], replies), f"{content} was answered by {replies}"


def message(
    turn: dict[str, Any], replies: list[dict[str, Any]], mailed_code: Callable[[], str]
) -> dict[str, str]:
    """Returns what the customer sends: a text, or what the chosen button stands for."""
    if "customer" in turn:
        text = turn["customer"]
        return {"text": text.replace("{code}", mailed_code()) if "{code}" in text else text}
    offered = {choice["title"]: choice for reply in replies for choice in reply.get("choices", ())}
    return {"payload": offered[turn["chooses"]]["payload"]}


def fits(expected: list[dict[str, str]], replies: list[dict[str, Any]]) -> bool:
    """Whether types and words agree."""
    pairs = [next(iter(each.items())) for each in expected]
    return len(pairs) == len(replies) and all(
        kind in (reply["type"], "any")
        and re.search(words, reply["text"], re.IGNORECASE | re.DOTALL)
        for (kind, words), reply in zip(pairs, replies, strict=True)
    )
