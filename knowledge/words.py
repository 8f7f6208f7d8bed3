"""Turns texts and queries into the words that are compared.

Words are stemmed and left out where they only hold a sentence together. Synonyms are one word, and so is a measure
however it is written: `15"`, `15 inch` and `15-inch`; `64GB` and `64 GB`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

_WORD = re.compile(r"\w+")  # single letters and digits are kept: "d battery", "iphone x"
_MEASURE = re.compile(
    r"""(?<![\w.,]) (?P<number>\d+(?:[.,]\d+)?)
    (?: [ -]? (?: (?P<inch>inch(?:es)?|["″”]|'') | (?P<unit>[cm]?m|k?g|m?l|[kmgt]b|k?w|v|mah) )
      | in )  # "15in", as "15 in" may be anything
    (?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_CM_PER_INCH = 2.54
_STOP_WORDS = frozenset(STOPWORDS_EN_PLUS) - {*"dmosty", "down"}  # sizes, and down jackets


class Words:
    """Knows which words of a shop mean the same. Safe to use from several threads."""

    def __init__(self, synonyms: Iterable[Sequence[str]] = ()) -> None:
        """Takes groups of words and phrases; each group means one thing."""
        self._same: dict[str, list[tuple[list[str], str]]] = defaultdict(list)
        for group in synonyms:
            phrases = [phrase for phrase in map(_stems, group) if phrase]
            for phrase in phrases:
                self._same[phrase[0]].append((phrase, "_".join(phrases[0])))
        for same in self._same.values():
            same.sort(key=lambda each: len(each[0]), reverse=True)  # the longest phrase first
        # single words that are always folded; the words of a phrase are looked for by themselves
        self._folded = {first for first, same in self._same.items() if len(same[-1][0]) == 1}

    def of_text(self, text: str) -> list[str]:
        """Returns all words by which the text is to be found, once each."""
        stems = _stems(_MEASURE.sub(" ", text))
        parts = (stem for stem in stems if stem not in self._folded)
        return list(dict.fromkeys([*self._fold(stems), *parts, *_measures_of_text(text)]))

    def of_query(self, query: str) -> list[str]:
        """Returns the words that a text should have, once each."""
        stems = _stems(_MEASURE.sub(" ", query))
        return list(dict.fromkeys([*_measures_of_query(query), *self._fold(stems)]))

    def in_order(self, text: str) -> list[str]:
        """Returns the words as they stand, all synonyms as one."""
        return list(self._fold(_stems(text)))

    def _fold(self, stems: Sequence[str]) -> Iterator[str]:
        at = 0
        while at < len(stems):
            for phrase, name in self._same.get(stems[at], ()):
                if stems[at : at + len(phrase)] == phrase:
                    yield name
                    at += len(phrase)
                    break
            else:
                yield stems[at]
                at += 1


def is_measure(text: str) -> bool:
    """Returns whether the text is a measure and nothing else."""
    return bool(_MEASURE.fullmatch(text))


def _stems(text: str) -> list[str]:
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOP_WORDS]
    stems: list[str] = Stemmer.Stemmer("english").stemWords(words)  # one is not for two threads
    return [stem for stem in stems if stem]


def _measures_of_query(query: str) -> Iterator[str]:
    for match in _MEASURE.finditer(query):
        yield f"{_number(match):g}{_unit(match)}"


def _measures_of_text(text: str) -> Iterator[str]:
    """Yields each measure, centimetres also as inches, and inches also in whole ones."""
    for match in _MEASURE.finditer(text):
        number, unit = _number(match), _unit(match)
        yield f"{number:g}"
        yield f"{number:g}{unit}"
        if unit == "cm":
            number, unit = round(number / _CM_PER_INCH, 1), "inch"
            yield f"{number:g}inch"
        if unit == "inch":
            yield f"{int(number)}inch"  # 15.6" is sold and asked for as 15"


def _number(match: re.Match[str]) -> float:
    return float(match["number"].replace(",", "."))


def _unit(match: re.Match[str]) -> str:
    return match["unit"].lower() if match["unit"] else "inch"
