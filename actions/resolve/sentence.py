"""Reads which part of a text speaks of things, which excludes some and which is an aside."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from actions.resolve.titles import Anchor
from actions.resolve.words import Word, split_words

_SENTENCE = re.compile(r"(?<!\d)[.!?;\n]+|[.!?;\n]+(?!\d)")
_ALL_OF_IT = re.compile(
    r"\b(?:everything|every (?:single )?(?:item|thing|product)|the (?:whole|entire|complete) order|"
    r"it all|all of (?:it|them|these|those)|all (?:(?:of|the|my|your|these|those|other|\w+ed) )*"
    r"(?:items?|things?|products?|stuff|goods|pieces))\b|"
    r"\banything (?=but|except)"
)
_EXCEPT = re.compile(
    r"\b(?:except(?:ing)?(?: for)?|excluding|apart from|aside from|other than|besides|minus|"
    r"but not|not the|not my|keep(?:ing)? (?:the|my|your|only)|leave out|without the)\b"
)
_BUT = re.compile(r"\b(?:but|save)(?: for)?\b")
_BECAUSE = re.compile(
    r"\b(?:because(?! (?:i|we) also)|since (?:it|they|i|the)|as (?:it|they) )\b[^,.;!?\n]*"
)
_IF = re.compile(r"\b(?:if|unless|in case|otherwise)\b")
_ACT = re.compile(r"\b(?:cancel|return|exchange|swap|replace|refund|send back)\b")
_TOGETHER = re.compile(
    r"\b(?:received|bought|ordered|came|got|arrived|purchased)\b(?: \w+){0,2}? (?:together )?with"
    r" (?:the|my|a|your) [^,.;!?\n]*"
)
_CHANGE = re.compile(
    r"\b(?:exchang|swap|chang|modif|replac|switch|upgrad|downgrad|adjust|trad|convert)\w*"
)
_WISH = re.compile(r"\b(?:for|to|into|with|instead|rather)\b")
_AND = re.compile(r"[;.!?\n,]|\b(?:and|plus|also|then|or)\b|&")


class Zone(Enum):
    """What a stretch of text is about."""

    THINGS = auto()
    EXCEPTIONS = auto()
    TOGETHER = auto()  # what came with the things
    ASIDE = auto()


@dataclass(frozen=True)
class Sentence:
    """A text, folded, with its words."""

    text: str
    words: Sequence[Word]
    is_known_change: bool = False

    @cached_property
    def all_of_it(self) -> bool:
        """Tells whether the text speaks of all there is, and not only on some condition."""
        return any(
            not any(start <= match.start() < end for start, end in self.conditions)
            for match in _ALL_OF_IT.finditer(self.text)
        )

    @cached_property
    def is_change(self) -> bool:
        """Tells whether the text asks for one thing in place of another."""
        return self.is_known_change or bool(_CHANGE.search(self.text))

    @cached_property
    def zones(self) -> dict[tuple[int, int], Zone]:
        """What the stretches are about that do not name things; a later one takes precedence."""
        found: dict[tuple[int, int], Zone] = {}
        for rule in (_EXCEPT, _BUT) if self.all_of_it else (_EXCEPT,):
            for match in rule.finditer(self.text):
                found[match.start(), self._end_of_sentence(match.end())] = Zone.EXCEPTIONS
        for match in _TOGETHER.finditer(self.text):
            start = self.text.index(" with ", match.start())
            found[start, match.end()] = Zone.TOGETHER
        for match in _BECAUSE.finditer(self.text):
            found[match.span()] = Zone.ASIDE
        for start, end in self.conditions:
            comma = self.text.find(",", start, end)
            acts = comma > 0 and _ACT.search(self.text, comma, end)
            found[start, comma if acts else end] = Zone.ASIDE
        return found

    @cached_property
    def conditions(self) -> list[tuple[int, int]]:
        """Where the text says what holds only if something else does."""
        found: list[tuple[int, int]] = []
        for match in _IF.finditer(self.text):
            if not found or match.start() >= found[-1][1]:
                found.append((match.start(), self._end_of_sentence(match.end())))
        return found

    def zone(self, place: int) -> Zone:
        """Returns what the text is about at a place."""
        zones = [zone for (start, end), zone in self.zones.items() if start <= place < end]
        return zones[-1] if zones else Zone.THINGS

    def wish_start(self, start: int, end: int) -> int:
        """Returns where, behind what is named, the text begins to say what is wanted instead."""
        match = _WISH.search(self.text, start, end) if self.is_change else None
        return match.start() if match else end

    def name_start(self, anchor: Anchor, since: int) -> int:
        """Returns where the phrase begins that an anchor belongs to: "two of the blue …"."""
        place = self.words[anchor.first].start
        ends = [match.end() for match in _AND.finditer(self.text, since, place)]
        return ends[-1] if ends else since

    def _end_of_sentence(self, start: int) -> int:
        match = _SENTENCE.search(self.text, start)
        return match.start() if match else len(self.text)


def read(text: str, *, is_change: bool = False) -> Sentence:
    """Reads a text."""
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    return Sentence(folded, split_words(text), is_change)
