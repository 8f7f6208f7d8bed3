"""Splits what people write into words, and tells whether two words are the same."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

import Stemmer
from rapidfuzz.distance import OSA

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+\d[^\W_]*|[^\W\d_]+|[€$£%>\"″]")
_BREAK = re.compile(r"[;:!?()\[\]{}\n]|(?<!\d)[.,]|[.,](?!\d)")
_LONG_ENOUGH = 5  # letters of a word in which a slip of the pen leaves no doubt
_LONG = 8  # letters of a word in which two may slip
_TIMES = re.compile(r"(?<=\d)(\s*)[x\u00d7](?=\s*\d)")  # "40 x 80" is two numbers
_MOST_WORDS = 500  # of a text; nobody says what they want in more, and reading on would take time
_STEMMER = Stemmer.Stemmer("english")
_STEMMER.maxCacheSize = 10_000

_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve"
_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS.split())}
_SPELLINGS = {  # both sides of the Atlantic, and what people write for short
    "grey": "gray",
    "colour": "color",
    "litre": "liter",
    "metre": "meter",
    "jewellery": "jewelry",
    "aluminium": "aluminum",
    "tyre": "tire",
    "fibre": "fiber",
    "foot": "feet",
    "ft": "feet",
    "inch": "in",
    "inches": "in",
    '"': "in",
    "″": "in",
    "shelv": "shelf",
    "bookshelv": "bookshelf",
    "knive": "knife",
}


def word_set(words: str) -> frozenset[str]:
    """Returns the words of a text as a set: a long list reads best so."""
    return frozenset(words.split())


# Words that say nothing about which thing is meant.
FUNCTION_WORDS = word_set(
    """a an the my mine our your yours his her hers its their this that these those it them they
    he she we you me us who whom which what where when why how i im ive id am is are was were
    be been being do does did doing done dont have has had having will would can could may
    might shall should must of in on at by from into onto out off over under with without
    within as than then so too very just only also again still already yet now here there and
    or but nor if else because since while until about above below before after during for to up down not no none any some
    each every either neither both all everything anything something nothing one ones other
    others another same such more most less least much many few own please thanks thank hello
    hi hey yes ok okay want wants wanted like likes need needs get gets got getting make makes
    made go going goes d ll m re s t ve isnt arent wasnt doesnt didnt cant couldnt wont
    wouldnt really actually possible"""
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands in a text."""

    text: str  # casefolded
    stem: str  # equal for what is one word in several forms
    start: int
    end: int
    chunk: int  # counts the commas, full stops and brackets before it

    @property
    def has_content(self) -> bool:
        """Tells whether it says something about which thing is meant."""
        return self.text not in FUNCTION_WORDS


def split_words(text: str) -> list[Word]:
    """Returns the words of a text. "500ml" is two, as is "t-shirt"; "i7" is one."""
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    folded = _TIMES.sub(r"\1 ", folded)
    breaks = [match.start() for match in _BREAK.finditer(folded)]
    found, chunk = [], 0
    for match in islice(_WORD.finditer(folded), _MOST_WORDS):
        while chunk < len(breaks) and breaks[chunk] < match.start():
            chunk += 1
        word = match.group().replace(",", "") if match.group()[0].isdigit() else match.group()
        found.append(Word(word, stem(word), match.start(), match.end(), chunk))
    return found


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Returns the form under which a word is compared."""
    plain = _NUMBERS.get(word, _SPELLINGS.get(word, word))
    if plain != word:
        return plain
    return _SPELLINGS.get(str(_STEMMER.stemWord(word)), str(_STEMMER.stemWord(word)))


def stems(text: str) -> list[str]:
    """Returns the stems of a text's words."""
    return [word.stem for word in split_words(text)]


@lru_cache(maxsize=50_000)
def sameness(one: str, other: str) -> float:
    """Returns how surely two stems are one word: 1 if equal, less for a slip of the pen, or 0."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(long) < _LONG_ENOUGH or not (short.isalpha() and long.isalpha()):
        return 0.0
    if len(short) >= _LONG_ENOUGH and long.endswith(short):
        return 0.8  # "watch" for a wristwatch
    slips = 1 if len(long) < _LONG else 2
    is_whole = len(short) + 1 >= _LONG_ENOUGH and short[0] == long[0]
    if is_whole and OSA.distance(one, other, score_cutoff=slips) <= slips:
        return 0.85
    return 0.0


def joined(words: Sequence[Word]) -> list[Word]:
    """Returns the words and every two neighbours as one word: "book shelf" is a bookshelf."""
    pairs = [
        Word(a.text + b.text, stem(a.text + b.text), a.start, b.end, b.chunk)
        for a, b in pairwise(words)
        if a.chunk == b.chunk
    ]
    return [*words, *pairs]


def has_any(words: Iterable[Word], texts: frozenset[str]) -> bool:
    """Tells whether one of the words is among the texts."""
    return any(word.text in texts for word in words)
