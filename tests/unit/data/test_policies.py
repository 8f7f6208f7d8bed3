"""The policy documents can be matched by their headings and shown in a chat."""

import re
from collections import Counter
from pathlib import Path

import pytest

POLICIES = sorted((Path(__file__).parents[3] / "data" / "policies").glob("*.md"))
SECTION = re.compile(r"^## (?P<question>.+)\n\n(?P<answer>(?:(?!^#).*\n?)+)", re.MULTILINE)


def sections(path: Path) -> list[tuple[str, str]]:
    found = SECTION.finditer(path.read_text("utf-8"))
    return [(match["question"], match["answer"].strip()) for match in found]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_document(path: Path) -> None:
    """A document is a title and sections, each one question with an answer of at most 60 words."""
    text = path.read_text("utf-8")
    found = sections(path)
    assert re.match(r"# .+\n\n## ", text)
    assert len(found) == text.count("\n## ") >= 4
    for question, answer in found:
        assert question.endswith("?")
        assert 8 <= len(answer.split()) <= 60, question


def test_no_question_is_asked_twice() -> None:
    """Each question has one answer in one document."""
    asked = Counter(question for path in POLICIES for question, _ in sections(path))
    assert asked.total() >= 80
    assert asked.most_common(1)[0][1] == 1
