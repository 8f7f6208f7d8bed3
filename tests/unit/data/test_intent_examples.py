"""The sentences that the bot learns from are many, differ, and are our own."""

import os
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bot.sentences import read_examples

ROOT = Path(__file__).parents[3]
EXAMPLES = read_examples(ROOT / "data" / "nlu")
BENCHMARKS = os.environ.get("STOREKEEP_BENCH_DATA")


def words(text: str) -> tuple[str, ...]:
    """Returns a text without case and punctuation."""
    return tuple(re.findall(r"\w+", text.lower()))


def by_intent() -> dict[str, list[tuple[str, ...]]]:
    """Returns the words of each example."""
    found = defaultdict(list)
    for text, intent in EXAMPLES:
        found[intent].append(words(text))
    return found


def test_no_sentence_is_learnt_twice():
    """Nor as two intents, of which one would be wrong."""
    assert [
        text for text, count in Counter(words(t) for t, _ in EXAMPLES).items() if count > 1
    ] == []


def test_every_intent_is_learnt_from_many_sentences():
    """A handful would teach its accidents."""
    assert {intent: len(texts) for intent, texts in by_intent().items() if len(texts) < 20} == {}


def test_the_examples_of_an_intent_begin_in_many_ways():
    """Variations of one template teach one line: half of all openings are unlike any other."""
    openings = {
        intent: len({text[:2] for text in texts}) / len(texts)
        for intent, texts in by_intent().items()
    }
    assert {intent: round(share, 2) for intent, share in openings.items() if share < 0.5} == {}


def test_short_and_long_sentences_are_learnt():
    """People write keywords as well as whole sentences."""
    lengths = {
        intent: (min(map(len, texts)), max(map(len, texts)))
        for intent, texts in by_intent().items()
    }
    plain = {intent: size for intent, size in lengths.items() if size[0] > 4 or size[1] < 5}
    assert plain == {}


@pytest.mark.skipif(not BENCHMARKS, reason="STOREKEEP_BENCH_DATA names no folder of benchmarks")
def test_no_benchmark_is_learnt():
    """What is said in three words anybody says; longer lines of a benchmark are not ours."""
    files = [*Path(BENCHMARKS or "").rglob("seq.in")]
    assert files
    foreign = {words(line) for file in files for line in file.read_text("utf-8").splitlines()}
    learnt = {words(text) for text, _ in EXAMPLES}
    assert [text for text in learnt & foreign if len(text) > 3] == []
