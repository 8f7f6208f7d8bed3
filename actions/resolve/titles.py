"""Which words of a title customers use for a thing, and where a text uses them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from actions.resolve.words import Word, joined, sameness, split_words, word_set

_TAIL = re.compile(r"[,(:\u2013]|\s(?:with|for|of|in|from|by|plus)\s")
_BEFORE_A_NAME = word_set(
    """the my a an this that these those both all one two three your our and or another new old
    other same return cancel exchange swap change modify replace switch pending"""
)
_WITHOUT_HEAD = 0.75  # "jigsaw" for a jigsaw puzzle: the thing itself is not named


@dataclass(frozen=True, slots=True)
class Title:
    """The words of a title, by stem."""

    text: str
    name: str  # without the maker and the details: "gooseneck kettle"
    stems: frozenset[str]
    head: frozenset[str]  # the word for the thing itself: "kettle" of "Gooseneck Kettle 0.9 L"

    def match(self, stem: str) -> float:
        """Returns how surely a word is one of the title's."""
        if stem in self.stems:
            return 1.0
        return max((sameness(stem, own) for own in self.stems), default=0.0)

    def has_head(self, stems: Sequence[str]) -> bool:
        """Tells whether the thing itself is named."""
        return any(sameness(stem, head) for stem in stems for head in self.head)


@lru_cache(maxsize=10_000)
def title(text: str) -> Title:
    """Returns what a title is made of."""
    words = split_words(text)
    names = [word for word in split_words(_TAIL.split(text)[0]) if _is_name(word)] or words
    content = [word for word in joined(words) if word.has_content]
    head = {word.stem for word in joined(names[-2:])} - {word.stem for word in names[-2:-1]}
    name = " ".join(word.text for word in names[-2:])
    return Title(text, name, frozenset(word.stem for word in content), frozenset(head))


def _is_name(word: Word) -> bool:
    return word.has_content and len(word.text) > 1 and not any(map(str.isdigit, word.text))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Neighbouring words of a text that name something, by the index of the word."""

    first: int
    last: int
    scores: tuple[float, ...]  # one a title


def anchors(words: Sequence[Word], titles: Sequence[Title]) -> list[Anchor]:
    """Returns where the text names one of the titles, in the order of the text.

    In a closed world the rarer of two words says more: with one keyboard among the titles
    "keyboard" is enough; with two, it takes what tells them apart.
    """
    distinct = list(dict.fromkeys(titles))
    matches = [_matches(words, one) for one in distinct]
    found = []
    for first, last in _runs(words, matches):
        scores = _scores(words, first, last, distinct, matches)
        if max(scores.values(), default=0) > 0:
            found.append(Anchor(first, last, tuple(scores[one] for one in titles)))
    return found


def _matches(words: Sequence[Word], one: Title) -> list[float]:
    """Returns for each word how surely it is one of the title's, alone or with a neighbour."""
    found = [one.match(word.stem) if word.has_content else 0.0 for word in words]
    for i, (a, b) in enumerate(pairwise(words)):
        pair = joined([a, b])[2:]
        if pair and a.stem not in one.stems and pair[0].stem in one.stems:
            found[i] = found[i + 1] = 1.0
    return found


def _runs(words: Sequence[Word], matches: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i, word in enumerate(words):
        if not any(row[i] for row in matches):
            continue
        if runs and runs[-1][1] == i - 1 and words[i - 1].chunk == word.chunk:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def _scores(
    words: Sequence[Word],
    first: int,
    last: int,
    titles: Sequence[Title],
    matches: Sequence[Sequence[float]],
) -> dict[Title, float]:
    span = range(first, last + 1)
    known = Counter({i: sum(1 for row in matches if row[i]) for i in span})
    weight = {i: 1 / known[i] for i in span}
    total = sum(weight.values())
    scores = {}
    for one, row in zip(titles, matches, strict=True):
        score = sum(weight[i] * row[i] for i in span) / total
        if score and not one.has_head(_spoken(words[first : last + 1])):
            score *= _WITHOUT_HEAD if _is_whole_name(words, first, last) else 0
        scores[one] = score
    return scores


def _spoken(words: Sequence[Word]) -> list[str]:
    return [word.stem for word in joined(words)]


def _is_whole_name(words: Sequence[Word], first: int, last: int) -> bool:
    """Tells whether the words stand as a name does: "my jigsaw", not "resistant to water"."""
    before = first - 1
    while before >= 0 and words[before].has_content and words[before].chunk == words[first].chunk:
        before -= 1
    after = words[last + 1] if last + 1 < len(words) else None
    starts = (
        before < 0
        or words[before].chunk != words[first].chunk
        or words[before].text in _BEFORE_A_NAME
    )
    ends = after is None or after.chunk != words[last].chunk or not after.has_content
    return starts and ends
