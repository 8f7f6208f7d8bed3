"""What "bigger", "500 pieces less", "the brightest" or "i7 or above" ask of an option."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actions.resolve.adjectives import Direction, direction
from actions.resolve.measures import amounts, measure, order, unit_of
from actions.resolve.values import Options, Spoken, named_options
from actions.resolve.words import Word, split_words, word_set

_A_LITTLE = word_set("slightly bit little somewhat next")
_STEP = word_set("size sizes step steps notch notches level levels")
_OF_PRICE = word_set("expensive costly price priced cost money")

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
    for i in range(len(words)):
        way = direction(words, i)
        if way is None or i in used or _is_of_price(words, i):
            continue
        option = _option_meant(words, i, way, ranked)
        if option and option in current:
            found.append(
                _comparison(words, i, way, option, ranks=ranked[option], current=current[option])
            )
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
    words: Sequence[Word], i: int, way: Direction, ranked: Mapping[str, Mapping[str, float]]
) -> str | None:
    """Returns the option that a comparison speaks of: named beside it, or the only one fitting."""
    nearby = [w for w in words[max(0, i - 3) : i + 4] if w.chunk == words[i].chunk]
    units = {unit_of(word.text) for word in nearby}
    ways: tuple[Iterable[str], ...] = (
        named_options(nearby, ranked),
        [option for option, ranks in ranked.items() if _counts(option, ranks) & units],
        [option for option in ranked if way.about & {w.text for w in split_words(option)}],
        ranked,
    )
    return next((only[0] for only in map(list, ways) if len(only) == 1), None)


def _counts(option: str, values: Mapping[str, float]) -> set[str]:
    """Returns what an option counts: its unit, or the word of its name ("pieces")."""
    own = {found.of for found in map(measure, values) if found and found.of}
    return own or {word.stem for word in split_words(option)}


def _comparison(
    words: Sequence[Word],
    i: int,
    way: Direction,
    option: str,
    *,
    ranks: Mapping[str, float],
    current: str,
) -> Compared:
    """Returns what one adjective allows: what is further in its direction, best first."""
    sign = way.sign
    if way.is_utmost:
        return Compared(option, _by_distance(ranks, -sign), way.places, is_vague=True)
    own = ranks.get(current)
    beyond = {} if own is None else {v: r for v, r in ranks.items() if sign * (r - own) > 0}
    difference, places = _difference(words, i)
    if own is not None and difference is not None:
        exact = {value: 0 for value, rank in beyond.items() if rank == own + sign * difference}
        return Compared(option, exact, way.places | places, is_vague=False)
    steps, places = _steps(words, i)
    if steps is None:
        return Compared(option, dict.fromkeys(beyond, 0), way.places, is_vague=True)
    by_distance = _by_distance(beyond, sign)
    allowed = {value: 0 for value, place in by_distance.items() if place == steps - 1}
    return Compared(option, allowed, way.places | places, is_vague=True)


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
    if not counted and not any(
        words[j].text in _A_LITTLE or words[j].text in ("a", "up", "down") for j in near
    ):
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
