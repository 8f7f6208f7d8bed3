"""The pipeline's settings agree with the rest of the assistant."""

from collections.abc import Iterator
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
DOCUMENTS = {  # the second and the third know some of it by themselves
    "action_ask_policy",
    "action_check_duties",
    "action_delivery_options",
}


def test_intents_count_as_alike_when_the_documents_alone_answer_them():
    """What the rules answer in the same way needs no asking back."""
    pipeline = yaml.safe_load((ROOT / "bot/config.yml").read_text("utf-8"))["pipeline"]
    assert set(pipeline[-1]["alike"][0]) == set(answered_by_documents())


def answered_by_documents() -> Iterator[str]:
    """Yields the intents whose rule has one step, the search in the documents."""
    for file in (ROOT / "data/rules").glob("*.yml"):
        for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]:
            asked, *answers = rule["steps"]
            if len(answers) == 1 and answers[0].get("action") in DOCUMENTS:
                yield from (each["intent"] for each in asked.get("or", [asked]))
