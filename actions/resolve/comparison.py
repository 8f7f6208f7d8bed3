"""What "bigger", "500 pieces less", "the brightest" or "i7 or above" ask of an option."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.resolve.measures import amounts, measure, order, unit_of
from actions.resolve.values import Options, Spoken, named_options
from actions.resolve.words import Word, split_words, word_set

_MORE = word_set(
    """bigger larger greater higher more longer taller brighter heavier thicker wider faster
    stronger harder louder deeper above better"""
)
_LESS = word_set(
    """smaller lower less fewer shorter dimmer lighter thinner narrower slower weaker easier quieter
    below"""
)
_MOST = word_set(
    """biggest largest greatest highest most longest tallest brightest heaviest thickest widest
    fastest strongest hardest maximum max maximal maximized maximised"""
)
_LEAST = word_set(
    """smallest lowest least fewest shortest dimmest lightest thinnest narrowest slowest weakest
    easiest minimum min minimal"""
)
_ALL = _MORE | _LESS | _MOST | _LEAST
_A_LITTLE = word_set("slightly bit little somewhat next")
_STEP = word_set("size sizes step steps notch notches level levels")
_OF_PRICE = word_set("expensive costly price priced cost money")

# Which options an adjective speaks of, by words of their names.
_EXTENT = word_set("size capacity volume diameter")
_ABOUT = {
    _EXTENT: word_set("bigger larger smaller biggest largest smallest"),
    word_set("length"): word_set("longer longest"),
    word_set("length height"): word_set("shorter shortest"),
    word_set("height"): word_set("taller tallest"),
    word_set("brightness"): word_set("bright brighter brightest dimmer dimmest"),
    word_set("weight"): word_set("heavier heaviest lighter lightest"),
    word_set("thickness"): word_set("thicker thickest thinner thinnest"),
    word_set("width"): word_set("wider widest narrower narrowest"),
    word_set("speed"): word_set("faster fastest slower slowest"),
    word_set("difficulty"): word_set("difficult easier easiest harder hardest"),
    word_set("power strength pressure"): word_set("stronger strongest weaker weakest"),
}
_OR_ABOVE = re.compile(r"\A(?:or|and) (?:above|higher|better|more|larger|bigger|newer|up|over)\b")
_OR_BELOW = re.compile(r"\A(?:or|and) (?:below|lower|less|smaller|under|fewer)\b")
_AT_LEAST = re.compile(r"\b(?:at least|minimum(?: of)?|no less than|above)\Z")
_AT_MOST = re.compile(r"\b(?:at most|maximum(?: of)?|no more than|up to|below)\Z")


@dataclass(frozen=True, slots=True)
class Compared:
    """The values of an option that a comparison allows, each with its place in the order."""

    option: str
    ranks: Mapping[str, int]
    places: frozenset[int]  # the words that it is made of
    is_vague: bool  # a value that is named beside it says it better


def compared(
    words: Sequence[Word], options: Options, current: Mapping[str, str], spoken: Sequence[Spoken]
) -> list[Compared]:
    """Returns what comparisons ask of the options whose values have an order."""
    ranked = {option: ranks for option, values in options.items() if (ranks := order(values))}
    found = _bounds(words, ranked, spoken)
    used = {i for one in found for i in one.places}
    for i, word in enumerate(words):
        if word.text not in _ALL or i in used or _is_of_price(words, i):
            continue
        option = _option_meant(words, i, ranked)
        if option and option in current:
            found.append(_comparison(words, i, option, ranked[option], current[option]))
    return found


def _bounds(
    words: Sequence[Word], ranked: Mapping[str, Mapping[str, float]], spoken: Sequence[Spoken]
) -> list[Compared]:
    """Returns what "i7 or above" and "at least 8 GB" allow."""
    found = []
    for one in spoken:
        ranks = ranked.get(one.option)
        if ranks is None:
            continue
        behind = " ".join(word.text for word in words[one.last + 1 : one.last + 3])
        before = " ".join(word.text for word in words[max(0, one.first - 3) : one.first])
        own = ranks[one.value]
        places = set(range(one.first, one.last + 1))
        if _OR_ABOVE.match(behind) or _AT_LEAST.search(before):
            allowed = [value for value, rank in ranks.items() if rank >= own]
        elif _OR_BELOW.match(behind) or _AT_MOST.search(before):
            allowed = [value for value, rank in ranks.items() if rank <= own]
        else:
            continue
        places |= {one.last + 1, one.last + 2} if _OR_ABOVE.match(behind) else set()
        found.append(
            Compared(one.option, dict.fromkeys(allowed, 0), frozenset(places), is_vague=False)
        )
    return found


def _is_of_price(words: Sequence[Word], i: int) -> bool:
    return any(word.text in _OF_PRICE for word in words[i + 1 : i + 2])


def _option_meant(
    words: Sequence[Word], i: int, ranked: Mapping[str, Mapping[str, float]]
) -> str | None:
    """Returns the option that a comparison speaks of: named beside it, or the only one fitting."""
    nearby = [w for w in words[max(0, i - 3) : i + 4] if abs(w.chunk - words[i].chunk) == 0]
    named = named_options(nearby, ranked)
    if len(named) == 1:
        return next(iter(named))
    units = {unit_of(word.text) for word in nearby}
    counted = [option for option, ranks in ranked.items() if _counts(option, ranks) & units]
    if len(counted) == 1:
        return counted[0]
    about = {
        name
        for names, adjectives in _ABOUT.items()
        if any(word.text in adjectives for word in nearby)
        for name in names
    }
    fitting = [option for option in ranked if about & {w.text for w in split_words(option)}]
    if len(fitting) == 1:
        return fitting[0]
    return next(iter(ranked)) if len(ranked) == 1 else None


def _counts(option: str, values: Mapping[str, float]) -> set[str]:
    """Returns what an option counts: its unit, or the word of its name ("pieces")."""
    own = {found.of for found in map(measure, values) if found and found.of}
    return own or {word.stem for word in split_words(option)}


def _comparison(
    words: Sequence[Word], i: int, option: str, ranks: Mapping[str, float], current: str
) -> Compared:
    """Returns what one adjective allows: what is further in its direction, best first."""
    sign = 1 if words[i].text in _MORE | _MOST else -1
    if words[i].text in _MOST | _LEAST:
        return Compared(option, _by_distance(ranks, -sign), frozenset({i}), is_vague=True)
    own = ranks.get(current)
    beyond = {} if own is None else {v: r for v, r in ranks.items() if sign * (r - own) > 0}
    difference, places = _difference(words, i)
    if own is not None and difference is not None:
        exact = {value: 0 for value, rank in beyond.items() if rank == own + sign * difference}
        return Compared(option, exact, frozenset({i, *places}), is_vague=False)
    steps, places = _steps(words, i)
    if steps is None:
        return Compared(option, dict.fromkeys(beyond, 0), frozenset({i}), is_vague=True)
    by_distance = _by_distance(beyond, sign)
    allowed = {value: 0 for value, place in by_distance.items() if place == steps - 1}
    return Compared(option, allowed, frozenset({i, *places}), is_vague=True)


def _by_distance(ranks: Mapping[str, float], sign: int) -> dict[str, int]:
    """Returns the place of each value in the order of their ranks, upwards if the sign is 1."""
    ordered = sorted(set(ranks.values()), key=lambda rank: sign * rank)
    return {value: ordered.index(rank) for value, rank in ranks.items()}


def _steps(words: Sequence[Word], i: int) -> tuple[int | None, set[int]]:
    """Returns how many steps further is said: "one size smaller", "slightly lower"; None if not."""
    near = range(max(0, i - 3), min(len(words), i + 2))
    if not any(words[j].text in _STEP and j != i for j in near):
        return (1 if any(words[j].text in _A_LITTLE for j in near) else None), set()
    counted = [j for j in near if words[j].stem.isdigit()]
    if not counted and not any(words[j].text in _A_LITTLE or words[j].text == "a" for j in near):
        return None, set()
    places = {j for j in near if words[j].text in _STEP} | set(counted)
    return (int(words[counted[-1]].stem) if counted else 1), places


def _difference(words: Sequence[Word], i: int) -> tuple[float | None, set[int]]:
    """Returns how much more or less is said: "500 pieces less", "1000 more pieces"."""
    for amount in amounts(words):
        is_beside = i in (amount.last + 1, amount.first + 1)
        if is_beside and not any(w.text in _STEP for w in words[amount.first : amount.last + 2]):
            return amount.size, set(range(amount.first, max(amount.last, i) + 1))
    return None, set()
