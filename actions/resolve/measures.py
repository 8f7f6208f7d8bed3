"""Reads the values of options as amounts, so that one can be more than another."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from actions.resolve.words import Word, split_words, stem

# By unit: what it measures, and how many of the base unit it is.
_UNITS = {
    "mm": ("length", 1),
    "cm": ("length", 10),
    "m": ("length", 1000),
    "meter": ("length", 1000),
    "in": ("length", 25.4),
    "feet": ("length", 304.8),
    "km": ("length", 1e6),
    "ml": ("volume", 1),
    "cl": ("volume", 10),
    "l": ("volume", 1000),
    "liter": ("volume", 1000),
    "oz": ("ounces", 1),
    "gal": ("gallons", 1),
    "gallon": ("gallons", 1),
    "g": ("weight", 1),
    "kg": ("weight", 1000),
    "lb": ("weight", 453.6),
    "pound": ("weight", 453.6),
    "kilo": ("weight", 1000),
    "kb": ("memory", 1e-6),
    "mb": ("memory", 1e-3),
    "gb": ("memory", 1),
    "tb": ("memory", 1e3),
    "gig": ("memory", 1),
    "min": ("time", 1),
    "minut": ("time", 1),
    "h": ("time", 60),
    "hour": ("time", 60),
    "hr": ("time", 60),
    "w": ("power", 1),
    "watt": ("power", 1),
    "kw": ("power", 1000),
    "hz": ("frequency", 1),
    "mp": ("megapixel", 1),
    "megapixel": ("megapixel", 1),
    "p": ("lines", 1),
    "k": ("lines", 540),
    "bar": ("bar", 1),
}

# What is smaller stands first.
_SCALES = (
    ("xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl"),
    ("mini", "small", "medium", "large", "extra large"),
    ("portable", "small", "medium", "large"),
    ("narrow", "regular", "wide"),
    ("low", "medium", "high"),
    ("low", "standard", "high"),
    ("low", "standard", "high-back"),
    ("light", "medium", "dark"),
    ("slow", "medium", "fast"),
    ("beginner", "intermediate", "advanced", "expert"),
    ("easy", "medium", "hard"),
    ("basic", "standard", "professional"),
    ("half", "full"),
    ("a6", "a5", "a4", "a3", "a2", "a1"),
    ("no", "yes"),
)
_NOTHING = ("none", "no", "without", "not", "non")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of something."""

    of: str  # what is measured: "volume"; a word such as "piec" where there is no unit
    size: float
    first: int  # where it stands, by the index of the word
    last: int


def amounts(words: Sequence[Word]) -> list[Amount]:
    """Returns the numbers of a text with what they count, in the order of the text."""
    found = []
    for i, word in enumerate(words):
        size = number(word.stem)
        if size is None:
            continue
        unit = words[i + 1] if i + 1 < len(words) else None
        if unit is None or not _can_be_unit(unit, words[i + 2 : i + 3]):
            found.append(Amount("", size, i, i))
            continue
        of, factor = _UNITS.get(unit.stem, (unit.stem, 1))
        found.append(Amount(of, size * factor, i, i + 1))
    return found


def _can_be_unit(word: Word, after: Sequence[Word]) -> bool:
    if word.text == "in":  # "size 8 in black" is not eight inches of anything
        return not after or after[0].chunk != word.chunk
    return word.text == '"' or (word.text[0].isalpha() and (word.has_content or word.text == "m"))


def number(text: str) -> float | None:
    """Returns the number that a word is."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def order(values: Sequence[str]) -> dict[str, float] | None:
    """Returns a rank for each value of an option, the smallest first; None if they have no order."""
    absent = [value for value in values if split_words(value) and _is_nothing(value)]
    present = [value for value in values if value not in absent]
    ranks = _on_a_scale(values) or _by_amount(present) or (_on_a_scale(present))
    if ranks is None or len(present) + len(absent) < 2 or not present:  # noqa: PLR2004
        return None
    least = min(ranks.values())
    return {value: ranks.get(value, least - 1) for value in values}


def _is_nothing(value: str) -> bool:
    return split_words(value)[0].text in _NOTHING


def _on_a_scale(values: Sequence[str]) -> dict[str, float] | None:
    names = {value: value.casefold().split(",")[0].strip() for value in values}
    for scale in _SCALES:
        if all(name in scale for name in names.values()):
            return {value: float(scale.index(name)) for value, name in names.items()}
    return None


def _by_amount(values: Sequence[str]) -> dict[str, float] | None:
    measured = {value: measure(value) for value in values}
    kinds = {found.of for found in measured.values() if found}
    if None in measured.values() or len(kinds) != 1:
        return None
    return {value: found.size for value, found in measured.items() if found}


@lru_cache(maxsize=10_000)
def measure(value: str) -> Amount | None:
    """Returns the amount that a value is: "1.5 liters", "15-inch", "i7", "IPX4"."""
    words = split_words(value)
    if found := amounts(words):
        return found[0]
    for i, word in enumerate(words):
        letters = word.text.rstrip("0123456789")
        if letters != word.text and number(word.text[len(letters) :]) is not None:
            return Amount(letters, float(word.text[len(letters) :]), i, i)
    return None


def unit_of(name: str) -> str:
    """Returns what a unit measures; the stem of the word where it is no unit."""
    return str(_UNITS.get(stem(name), (stem(name), 1))[0])
