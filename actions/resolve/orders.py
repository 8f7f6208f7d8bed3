"""Which of their orders a customer speaks of."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.resolve.bought import statuses
from actions.resolve.choices import ordinal
from actions.resolve.dates import which_past
from actions.resolve.lines import Mentions, which_lines
from actions.resolve.meaning import Meaning
from actions.resolve.places import names_place
from actions.resolve.resolution import Candidate, Resolution
from actions.resolve.words import split_words
from shop.model import Order

_ALL = re.compile(
    r"\b(?:all|both|every|each|any)\b(?: (?:of|the|my|your|our|these|those|possible|open|\w+ed|"
    r"pending|two|three))*[ -]?orders?\b|\bboth\b(?! \w+s\b)|\A\W*(?:all|everything)(?: of (?:them|it))?\W*\Z"
)
_LATEST = re.compile(
    r"\b(?:latest|newest|(?:most )?recent(?:ly)?|last)\b(?: \w+){0,2} ?"
    r"(?:order|purchase|one|placed|ordered|bought)\b|"
    r"\bjust (?:\w+ )?(?:ordered|placed|bought)\b|\b(?:latest|most recent|newest)\b"
)
_OLDEST = re.compile(
    r"\b(?:oldest|earliest|older|earlier)\b(?: \w+)? ?(?:order|one)?\b|\bfirst order\b"
)
_AS_IN = re.compile(r"\b(?:same|as|like)(?: \w+){0,3} \Z")  # "the address of order 7"
_NUMBER = re.compile(r"(?<![\w.,$€£])#?(?:[a-z]{1,4}[\s#.:_/-]{0,2})?(\d{4,12})(?![\w]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class OrdersMeant:
    """The orders that a text speaks of."""

    orders: Resolution[Order]
    chosen: tuple[Order, ...]  # empty where the customer has to say which
    unknown: tuple[str, ...] = ()  # numbers that none of the orders has


def which_orders(
    text: str,
    orders: Sequence[Order],
    now: datetime,
    *,
    meaning: Meaning | None = None,
    time_zone: str = "UTC",
) -> OrdersMeant:
    """Returns the orders that a text speaks of, by everything that it says of them.

    Args:
        text: what the customer said.
        orders: those that they may see.
        now: for "last week".
        meaning: finds what was bought by other names than its title.
        time_zone: the customer's.
    """
    folded = text.casefold()
    if by_number := _by_number(folded, orders):
        return by_number
    mentions = which_lines(text, orders, meaning=meaning)
    hints = [
        (why, found)
        for why, found in (
            ("status", _by_status(text, orders)),
            ("time", _by_time(folded, orders, now, time_zone)),
            ("content", _by_content(mentions, orders)),
            ("address", {one.number: names_place(text, one.address)[0] for one in orders}),
        )
        if any(found.values())
    ]
    if not hints:
        return _without_hints(folded, orders)
    resolution = Resolution.ranked(_ranked(orders, hints))
    choices = resolution.choices
    if len(choices) == 1 or _ALL.search(folded):
        return OrdersMeant(resolution, choices)
    if extreme := _extreme(folded, choices):
        return OrdersMeant(resolution, (extreme,))
    return OrdersMeant(resolution, _spread(mentions, choices))


def _without_hints(text: str, orders: Sequence[Order]) -> OrdersMeant:
    """Reads "all", "the latest" and, in the order they were shown, "the second one"."""
    if _ALL.search(text):
        found = list(orders)
    elif extreme := _extreme(text, orders):
        found = [extreme]
    else:
        place = ordinal(text)
        is_one = place is not None and -len(orders) <= place < len(orders)
        found = [orders[place]] if is_one and place is not None else []
    resolution = Resolution(tuple(Candidate(one, 1.0, ("by its place",)) for one in found))
    return OrdersMeant(resolution, tuple(found))


def _spread(mentions: Mentions, choices: Sequence[Order]) -> tuple[Order, ...]:
    """Returns the orders of what is named where no one order holds all of it."""
    numbers = {one.order.number for one in mentions.chosen}
    if mentions.unclear or len(numbers) < 2:  # noqa: PLR2004
        return ()
    return tuple(one for one in choices if one.number in numbers)


def _by_number(text: str, orders: Sequence[Order]) -> OrdersMeant | None:
    matches = [one for one in _NUMBER.finditer(text) if not _AS_IN.search(text, 0, one.start())]
    said = list(dict.fromkeys(match.group(1) for match in matches))
    own = {re.sub(r"\D", "", one.number): one for one in orders}
    ids = {line.variant_id for one in orders for line in one.lines}
    found = tuple(own[number] for number in said if number in own)
    unknown = tuple(number for number in said if number not in own and number not in ids)
    if found:
        candidates = tuple(Candidate(one, 1.0, ("by its number",)) for one in found)
        return OrdersMeant(Resolution(candidates), found, unknown)
    if unknown and re.search(r"\border\b|#|\A\W*\w{0,3}\W*\d+\W*\Z", text):
        return OrdersMeant(Resolution(), (), unknown)
    return None


def _by_status(text: str, orders: Sequence[Order]) -> dict[str, float]:
    said = statuses(split_words(text))
    return {one.number: float(one.status in said) for one in orders}


def _by_time(text: str, orders: Sequence[Order], now: datetime, time_zone: str) -> dict[str, float]:
    """Returns the orders placed, or delivered, in the time that is spoken of."""
    span = which_past(text, now, time_zone=time_zone)
    if span is None:
        return {}
    return {
        one.number: float(any(span.holds(moment) for moment in _moments(one))) for one in orders
    }


def _moments(order: Order) -> list[datetime]:
    delivered = [parcel.events[-1].at for parcel in order.parcels if parcel.events]
    return [order.placed_at, *delivered]


def _by_content(mentions: Mentions, orders: Sequence[Order]) -> dict[str, float]:
    """Returns for each order the share of the things named that it holds."""
    if mentions.is_everything:
        return {}
    scores = dict.fromkeys((one.number for one in orders), 0.0)
    for mention in mentions.found:
        best: dict[str, float] = {}
        for candidate in mention.lines.candidates:
            number = candidate.value.order.number
            best[number] = max(best.get(number, 0.0), candidate.score)
        for number, score in best.items():
            scores[number] += score / len(mentions.found)
    return scores


def _ranked(
    orders: Sequence[Order], hints: Sequence[tuple[str, dict[str, float]]]
) -> list[Candidate[Order]]:
    """Returns the orders that some hint speaks for, scored by how well they fit all of them."""
    candidates = []
    for one in orders:
        fits = {why: found.get(one.number, 0.0) / max(found.values()) for why, found in hints}
        score = sum(fits.values()) / len(fits) if fits else 0.0
        if score:
            why = tuple(f"{name} {fit:.2f}" for name, fit in fits.items())
            candidates.append(Candidate(one, score, why))
    return candidates


def _extreme(text: str, orders: Sequence[Order]) -> Order | None:
    by_age: tuple[tuple[re.Pattern[str], Callable[..., Order]], ...] = (
        (_LATEST, max),
        (_OLDEST, min),
    )
    for rule, extreme in by_age:
        if rule.search(text) and orders:
            return extreme(orders, key=lambda order: order.placed_at)
    return None
