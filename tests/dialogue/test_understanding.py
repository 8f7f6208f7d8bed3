"""How the shipped model understands sentences that it was not trained on."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from storekeep.artefacts import DIALOGUE_MODEL, UNDERSTANDING
from storekeep.bot_environment import bot_environment, bot_python
from storekeep.settings import ROOT

pytestmark = pytest.mark.rasa

UTTERANCES = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("utterances.tsv").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def parse():
    """Parses lines by `bot.parse`."""
    variables = {"STOREKEEP_MODEL": str(DIALOGUE_MODEL), "STOREKEEP_ENCODER": str(UNDERSTANDING)}

    def parse(*lines: str) -> list[dict[str, Any]]:
        result = subprocess.run(
            (str(bot_python()), "-m", "bot.parse"),
            cwd=ROOT,
            env=bot_environment(variables),
            input="\n".join(lines),
            capture_output=True,
            text=True,
            check=True,
        )
        return [json.loads(line) for line in result.stdout.splitlines()]

    return parse


def test_sentences_are_understood(parse):
    """At least 95 of 100 are acted on rightly or known not to be about the shop, 2 at most wrongly."""
    understood = parse(*(text for text, _ in UTTERANCES))
    right = [
        is_right(each, intent) for each, (_, intent) in zip(understood, UTTERANCES, strict=True)
    ]
    wrong = [
        (each["text"], each["intent"])
        for each, (_, intent) in zip(understood, UTTERANCES, strict=True)
        if each["accepted"] and each["intent"] != intent
    ]
    assert sum(right) / len(right) >= 0.95, [
        u for u, r in zip(UTTERANCES, right, strict=True) if not r
    ]
    assert len(wrong) / len(right) <= 0.02, wrong


def is_right(understood: dict[str, Any], intent: str) -> bool:
    """Whether the bot does the right thing: what is not about the shop it must not act on."""
    if intent == "out_of_scope":
        return not understood["accepted"]
    return bool(understood["accepted"] and understood["intent"] == intent)


def test_no_sentence_was_trained_on():
    """Learning them by heart would prove nothing."""
    files = (ROOT / "data" / "nlu").glob("*.yml")
    trained = {comparable(line) for file in files for line in file.read_text("utf-8").splitlines()}
    assert [text for text, _ in UTTERANCES if comparable(text) in trained] == []


def comparable(text: str) -> str:
    """Returns a text without case, punctuation and list marks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def test_each_line_is_answered_by_an_object(parse):
    """Empty, hostile and plain lines alike, in their order."""
    lines = ["SK-1001 ada@example.com", "", "/restart", "😀😀", '{"text": "hi"}']
    parsed = parse(*lines)
    assert [each["text"] for each in parsed] == lines
    assert [entity["value"] for entity in parsed[0]["entities"]] == ["SK-1001", "ada@example.com"]
    assert parsed[0]["intent"] == "inform"
    assert not parsed[1]["accepted"]
    assert not parsed[3]["accepted"]


def test_rasa_understands_as_the_command_does(parse, assistant):
    """`bot.parse` leaves Rasa out for speed; what it shows is what the running bot does."""
    texts = ["where is my stuff", "red mug", "get me a person", "tell me a funny story"]
    replies = {
        "track_order": "text",
        "search_products": "cards",
        "contact_human_agent": "handoff",
        "out_of_scope": "choices",
    }
    for number, understood in enumerate(parse(*texts)):
        _, body = assistant.turn(f"parse-{number}", text=understood["text"])
        assert body["replies"][0]["type"] == replies[understood["intent"]]
