"""Which lines of their orders a customer speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.resolve.bought import Bought, bought, mentions_value, statuses
from actions.resolve.meaning import Meaning
from actions.resolve.measures import number
from actions.resolve.naming import name_by_id, name_by_meaning
from actions.resolve.resolution import ENOUGH, Candidate, Resolution
from actions.resolve.sentence import Sentence, Zone, read
from actions.resolve.titles import Anchor, anchors
from actions.resolve.words import Word, split_words, word_set
from shop.model import Order

_NAME = 0.7  # of a score; what is said beside the name ("the blue one") makes up the rest
_UNSAID = 0.5  # of that rest, where nothing is said

_DEAR = re.compile(r"\b(?:more|most) (?:expensive|costly)|pric(?:ier|iest)|dear(?:er|est)\b")
_CHEAP = re.compile(r"\bcheap(?:er|est)|(?:less|least) (?:expensive|costly)\b")
_AND_ANOTHER = re.compile(r"(?:\band|,|&|\bplus)\s+(?:the|my|another|the other)(?: [\w-]+){0,3} \Z")
_ALL = word_set("both all every each any")


@dataclass(frozen=True, slots=True)
class Mention:
    """One thing that the text names."""

    text: str
    lines: Resolution[Bought]
    chosen: tuple[Bought, ...]  # empty where the customer has to say which
    count: int | None = None  # how many, if said
    wish: str = ""  # what is said of it: "for the same one but in blue"


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that a text names, in its order."""

    found: tuple[Mention, ...] = ()
    unmatched: tuple[str, ...] = ()  # things named that none of the lines is
    is_everything: bool = False  # all there is, or all but some

    @property
    def chosen(self) -> tuple[Bought, ...]:
        """The lines that are meant without doubt, each once."""
        return tuple(dict.fromkeys(one for mention in self.found for one in mention.chosen))

    @property
    def unclear(self) -> tuple[Mention, ...]:
        """What has to be asked about."""
        return tuple(mention for mention in self.found if not mention.chosen)


def which_lines(
    text: str,
    orders: Sequence[Order],
    *,
    meaning: Meaning | None = None,
    is_change: bool = False,
) -> Mentions:
    """Returns the lines that a text names.

    Args:
        text: what the customer said.
        orders: those that may be meant; the fewer, the surer.
        meaning: finds a thing that is called by another name than its title.
        is_change: whether it is known to ask for one thing in place of another.
    """
    sentence, items = read(text, is_change=is_change), bought(orders)
    named = name_by_id(sentence, items) + anchors(sentence.words, [one.title for one in items])
    others, unmatched = name_by_meaning(sentence, items, named, meaning)
    spots = sorted([*named, *others], key=lambda spot: spot.first)
    zones = {spot: sentence.zone(sentence.words[spot.first].start) for spot in spots}
    things = [spot for spot in spots if zones[spot] is Zone.THINGS]
    if sentence.all_of_it:
        exceptions = [spot for spot in spots if zones[spot] is Zone.EXCEPTIONS]
        if exceptions or not things:
            rest = _all_but(text, items, exceptions)
            return Mentions((rest,), tuple(unmatched), is_everything=True)
    mentions = _Telling(sentence, items, spots).mentions(things)
    return Mentions(tuple(mentions), tuple(unmatched))


def _all_but(text: str, items: Sequence[Bought], exceptions: Sequence[Anchor]) -> Mention:
    out = {items[row] for spot in exceptions for row in _best(spot.scores)}
    rest = tuple(one for one in items if one not in out)
    resolution = Resolution(tuple(Candidate(one, 1.0, ("all",)) for one in rest))
    return Mention(text, resolution, rest)


def _best(scores: Sequence[float]) -> list[int]:
    """Returns the rows of the best scores, if they are enough."""
    top = max(scores, default=0.0)
    return [row for row, score in enumerate(scores) if top >= ENOUGH and score == top]


class _Telling:
    """Tells lines of one name apart by what is said beside it."""

    def __init__(
        self, sentence: Sentence, items: Sequence[Bought], spots: Sequence[Anchor]
    ) -> None:
        self._sentence = sentence
        self._items = items
        self._orders_named = {
            items[row].order.number
            for spot in spots
            if sentence.zone(sentence.words[spot.first].start) is Zone.TOGETHER
            for row in _best(spot.scores)
        }
        self._conditions = [
            (start, end, self._named_first(spots, start, end)) for start, end in sentence.conditions
        ]
        self._taken: set[Bought] = set()

    def _named_first(self, spots: Sequence[Anchor], start: int, end: int) -> set[int]:
        words = self._sentence.words
        inside = [spot for spot in spots if start <= words[spot.first].start < end]
        return set(_best(inside[0].scores)) if inside else set()

    def mentions(self, spots: Sequence[Anchor]) -> list[Mention]:
        """Returns what the anchors name; one that only repeats the one before belongs to it."""
        text, words = self._sentence.text, self._sentence.words
        spots = self._without_repetitions(spots)
        starts, since = [], 0
        for spot in spots:
            starts.append(self._sentence.name_start(spot, since))
            since = words[spot.last].end
        ends = [*starts[1:], len(text)] if starts else []
        return [
            self._mention(spot, start, end)
            for spot, start, end in zip(spots, starts, ends, strict=True)
        ]

    def _without_repetitions(self, spots: Sequence[Anchor]) -> list[Anchor]:
        kept: list[Anchor] = []
        for spot in spots:
            if not kept or not self._repeats(kept[-1], spot):
                kept.append(spot)
        return kept

    def _repeats(self, before: Anchor, spot: Anchor) -> bool:
        """Tells whether "… for a red jacket" only says more of the jacket named before."""
        if not set(_best(before.scores)) & set(_best(spot.scores)):
            return False
        words = self._sentence.words
        start, end = words[before.last].end, words[spot.first].start
        between = self._sentence.text[start:end]
        if _AND_ANOTHER.search(between):
            return False
        if not self._sentence.is_change:
            return ";" not in between and "another" not in between
        return self._sentence.wish_start(start, end) < end and ";" not in between

    def _mention(self, spot: Anchor, start: int, end: int) -> Mention:
        words = self._sentence.words
        behind = words[spot.last].end
        wish = self._sentence.wish_start(behind, end)
        said = [word for word in words if start <= word.start < wish]
        resolution = self._ranked(spot, said, self._sentence.text[start:wish])
        name = self._sentence.text[start : max(behind, start)].strip()
        count, chosen = self._chosen(spot, [w for w in said if w.start < behind], resolution)
        return Mention(name, resolution, chosen, count, self._wish(spot, wish, end))

    def _wish(self, spot: Anchor, start: int, end: int) -> str:
        """Returns what is said of it until the next is named, and in conditions that name it."""
        text, rows = self._sentence.text, set(_best(spot.scores))
        start = start if start < end else self._sentence.words[spot.last].end
        wish = text[start:end]
        for since, until, named in self._conditions:
            if start <= since < end:
                if named and not named & rows:
                    wish = wish.replace(text[since:until], "")
            elif named & rows:
                wish = f"{wish.rstrip(' .')}. {text[since:until]}"
        return wish.strip()

    def _ranked(self, spot: Anchor, said: Sequence[Word], text: str) -> Resolution[Bought]:
        top = max(spot.scores)
        rows = [row for row, score in enumerate(spot.scores) if score >= max(0.3, top - 0.3)]
        name = " ".join(w.text for w in self._sentence.words[spot.first : spot.last + 1])
        hints = [hint for hint in self._hints(rows, said, text) if len(set(hint.values())) > 1]
        candidates = []
        for row in rows:
            told = [hint[row] for hint in hints]
            rest = sum(told) / len(told) if told else _UNSAID
            score = spot.scores[row] * (_NAME + (1 - _NAME) * rest)
            why = (f"{name!r} names {self._items[row].line.title!r}", f"hints {rest:.2f}")
            candidates.append(Candidate(self._items[row], score, why))
        return Resolution.ranked(candidates)

    def _hints(
        self, rows: Sequence[int], said: Sequence[Word], text: str
    ) -> list[dict[int, float]]:
        """Returns, for each kind of hint that is given, how well each row fits it, in [0, 1]."""
        items = {row: self._items[row] for row in rows}
        hints = []
        values = {value for one in items.values() for value in one.line.options.values()}
        if spoken := {value for value in values if mentions_value(said, value)}:
            hints.append(
                {
                    row: len(spoken & set(one.line.options.values())) / len(spoken)
                    for row, one in items.items()
                }
            )
        if standing := statuses(said):
            hints.append({row: float(one.order.status in standing) for row, one in items.items()})
        if self._orders_named:
            hints.append(
                {row: float(one.order.number in self._orders_named) for row, one in items.items()}
            )
        for extreme, rule in ((max, _DEAR), (min, _CHEAP)):
            if rule.search(text):
                price = extreme(one.line.price.minor for one in items.values())
                hints.append(
                    {row: float(one.line.price.minor == price) for row, one in items.items()}
                )
        return hints

    def _chosen(
        self, spot: Anchor, said: Sequence[Word], resolution: Resolution[Bought]
    ) -> tuple[int | None, tuple[Bought, ...]]:
        choices = resolution.choices
        count = _count(said)
        if len(choices) > 1:
            last = self._sentence.words[spot.last].text
            if (
                any(word.text in _ALL for word in said)
                or (count or 0) >= len(choices)
                or (count is None and _is_plural(last, choices[0]))
            ):
                return count, choices
            choices = self._one_of_equals(choices)
        if len(choices) != 1:
            return count, ()
        self._taken.add(choices[0])
        return count, choices

    def _one_of_equals(self, choices: tuple[Bought, ...]) -> tuple[Bought, ...]:
        """Returns one line where they are all the same thing in one order, else all of them."""
        kinds = {(one.order.number, one.line.variant_id) for one in choices}
        if len(kinds) > 1:
            return choices
        return tuple(one for one in choices if one not in self._taken)[:1] or choices[:1]


def _count(said: Sequence[Word]) -> int | None:
    numbers = [number(word.stem) for word in said if word.text != "one"]
    whole = [int(n) for n in numbers if n is not None and n in range(1, 20)]
    return whole[0] if whole else None


def _is_plural(word: str, one: Bought) -> bool:
    """Tells whether a word means several of a thing whose title means one."""
    title = {own.text for own in split_words(one.line.title)}
    return word.endswith("s") and not word.endswith("ss") and word not in title
