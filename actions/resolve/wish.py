"""What a customer wants in place of what they have, option by option."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from actions.resolve.comparison import compared
from actions.resolve.meaning import Meaning
from actions.resolve.measures import amounts, measure
from actions.resolve.titles import title
from actions.resolve.values import Options, Spoken, named_options, spoken_values
from actions.resolve.words import Word, split_words, stems, word_set

_PREFERS = re.compile(
    r"\b(?:prefer\w*|ideally|i like|you like|would be (?:nice|great|good)|if available|if possible|"
    r"if (?:you|they) have|if there (?:is|are)|if (?:multiple|several)[^,.]*available)\b"
)
_SAME = re.compile(
    r"\b(?:same|keep(?:ing)?|without changing|unchanged|do ?n[o']t change|stay(?:s|ing)?)\b"
)
_FREE = re.compile(
    r"\b(?:do ?n[o']t|do not|does ?n[o']t|does not|not|n[o']t) (?:really )?"
    r"(?:care|mind|matter|important)\b(?: about| what| which| if| whether)?|\bany\b|"
    r"\b(?:ok|okay|fine|open) (?:with|to)\b|\bno preference\b"
)
_ONLY = re.compile(r"\bonly (?:care|matters?)(?: about)?\b")
_OTHERS = re.compile(r"\b(?:other|others|else|rest|otherwise|everything|anything)\b")
_CHEAPEST = re.compile(
    r"\bcheapest|\bleast (?:expensive|costly)|\blowest[- ]pric\w+|\blowest cost|\blowest price"
)
_DEAREST = re.compile(r"\bmost (?:expensive|costly)|\bpriciest|\bdearest|\bhighest[- ]pric\w+")
_CHEAPER = re.compile(r"\bcheaper|\bless (?:expensive|costly)")
_DEARER = re.compile(r"\bmore (?:expensive|costly)|\bpricier")
_CLAUSE = re.compile(r"[.;()\n]|,(?!\d)|\bbut\b")
_NEXT_BEST = word_set("> over than then")

COLORS = word_set(
    """black white red blue green yellow orange purple pink brown gray grey silver gold beige navy teal
    turquoise violet lilac cream ivory"""
)
# What a wish speaks of beside the values.
_NO_VALUES = word_set(
    """want exchange exchanged swap change modify replace switch upgrade order version variant type
    model kind item product pair set piece color size option options available stock new different
    better similar compatible compatibility thing id number please made material feature features
    instead like prefer preferred preferably price prices version look looking following attributes
    attribute specs spec specifications kid son daughter home agent gift card paypal refund"""
)


class Price(Enum):
    """What is said of the price."""

    LOWEST = auto()
    HIGHEST = auto()
    LOWER = auto()
    HIGHER = auto()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted. An option that is nowhere in it stays as it is, if that can be had."""

    required: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # value: how far down
    preferred: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()  # said to stay as they are
    free: frozenset[str] = frozenset()  # said not to matter
    price: Price | None = None
    impossible: tuple[str, ...] = ()  # wanted, but no value of the product

    @property
    def says_something(self) -> bool:
        """Tells whether there is anything to choose a variant by."""
        return bool(self.required or self.preferred or self.price)


def read_wish(
    text: str,
    options: Options,
    current: Mapping[str, str],
    *,
    name: str = "",
    meaning: Meaning | None = None,
) -> Wish:
    """Reads what a text wants of each option.

    Args:
        text: what was said of what is wanted, without what is to be replaced.
        options: every value of each option.
        current: the values of what the customer has.
        name: the product's title, whose words say nothing new.
        meaning: understands values in other words.
    """
    folded = text.casefold()
    words = split_words(folded)
    spoken = spoken_values(words, options)
    comparisons = compared(words, options, current, spoken)
    used = {i for one in comparisons for i in one.places}
    spoken = [one for one in spoken if not used & set(range(one.first, one.last + 1))]
    others, impossible = _otherwise_said(words, options, spoken, used, name=name, meaning=meaning)
    spoken += others
    free, kept = _free_and_kept(folded, words, options, spoken)
    required, preferred = _wanted(folded, words, options, spoken, free)
    for one in comparisons:
        if one.option not in required or not one.is_vague:
            required[one.option] = dict(one.ranks)
    missing = _missing_amounts(words, options, spoken, used)
    if impossible and not any("color" in stems(option) for option in required):
        missing |= {next((o for o in options if "color" in stems(o)), "color"): impossible[0]}
    for option in missing:
        required.setdefault(option, {})
    return Wish(
        required=required,
        preferred=preferred,
        kept=kept - set(required) - set(preferred),
        free=free - set(required),
        price=asked_price(folded),
        impossible=tuple(missing.values()),
    )


def asked_price(text: str) -> Price | None:
    """Returns what a text, in lower case, says of the price."""
    rules = (
        (_CHEAPEST, Price.LOWEST),
        (_DEAREST, Price.HIGHEST),
        (_CHEAPER, Price.LOWER),
        (_DEARER, Price.HIGHER),
    )
    return next((price for rule, price in rules if rule.search(text)), None)


def _scope(text: str, start: int) -> tuple[int, int]:
    """Returns the part of a sentence that a place stands in."""
    ends = [match.start() for match in _CLAUSE.finditer(text)]
    before = [end for end in ends if end < start]
    behind = [end for end in ends if end > start]
    return (before[-1] + 1 if before else 0), (behind[0] if behind else len(text))


def _free_and_kept(
    text: str, words: Sequence[Word], options: Options, spoken: Sequence[Spoken]
) -> tuple[frozenset[str], frozenset[str]]:
    free: set[str] = set()
    kept: set[str] = set()
    for match in _FREE.finditer(text):
        named = _named_in(words, options, spoken, match.start(), _scope(text, match.end())[1])
        free |= named or (set(options) if "any" not in match.group() else set())
        if _OTHERS.search(text[match.start() - 30 if match.start() > 30 else 0 : match.end() + 20]):  # noqa: PLR2004
            free |= set(options)
    for match in _ONLY.finditer(text):
        only = _named_in(words, options, spoken, match.start(), _scope(text, match.end())[1])
        free |= set(options) - only
        kept |= only
    for match in _SAME.finditer(text):
        start, end = _scope(text, match.start())
        named = _named_in(words, options, [], match.start(), end)
        if not named and _OTHERS.search(text[start:end]):
            named = set(options)
        kept |= named
    return frozenset(free - kept), frozenset(kept)


def _named_in(
    words: Sequence[Word], options: Options, spoken: Sequence[Spoken], start: int, end: int
) -> set[str]:
    inside = [word for word in words if start <= word.start < end]
    by_value = {s.option for s in spoken if start <= words[s.first].start < end}
    return set(named_options(inside, options)) | by_value


def _wanted(
    text: str,
    words: Sequence[Word],
    options: Options,
    spoken: Sequence[Spoken],
    free: frozenset[str],
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Returns what is required and what is preferred, each value with its place in the order."""
    required: dict[str, dict[str, int]] = {}
    preferred: dict[str, dict[str, int]] = {}
    refused: dict[str, set[str]] = {}
    for i, one in enumerate(spoken):
        if one.is_refused:
            refused.setdefault(one.option, set()).add(one.value)
        elif _is_preference(text, words[one.first].start):
            ranks = preferred.setdefault(one.option, {})
            between = words[spoken[i - 1].last + 1 : one.first] if i else []
            lower = any(word.text in _NEXT_BEST for word in between) and bool(ranks)
            ranks.setdefault(one.value, max(ranks.values(), default=0) + lower)
        elif one.option not in free:
            required.setdefault(one.option, {})[one.value] = 0
    for option, values in refused.items():
        if option not in required and option not in preferred and option not in free:
            required[option] = {value: 0 for value in options[option] if value not in values}
    return required, preferred


def _is_preference(text: str, place: int) -> bool:
    """Tells whether the sentence speaks of a preference before the place, or the clause after it."""
    sentence = max(text.rfind(mark, 0, place) for mark in ".;(\n") + 1
    _, end = _scope(text, place)
    if _PREFERS.search(text, sentence, place):
        return True
    return bool(
        re.search(
            r"\b(?:if available|if possible|if you have|preferred|preferably)", text[place:end]
        )
    )


def _missing_amounts(
    words: Sequence[Word], options: Options, spoken: Sequence[Spoken], used: set[int]
) -> dict[str, str]:
    """Returns the amounts that are wanted of an option which does not come in them: "8 bar"."""
    said = {i for one in spoken for i in range(one.first, one.last + 1)} | used
    found = {}
    for amount in amounts(words):
        if amount.first in said or not amount.of:
            continue
        for option, values in options.items():
            kinds = {own.of for own in map(measure, values) if own}
            if amount.of in kinds:
                found[option] = " ".join(w.text for w in words[amount.first : amount.last + 1])
    return found


def _otherwise_said(
    words: Sequence[Word],
    options: Options,
    spoken: Sequence[Spoken],
    used: set[int],
    *,
    name: str,
    meaning: Meaning | None,
) -> tuple[list[Spoken], list[str]]:
    """Returns what unknown words mean by another name, and the colours that there are not."""
    said = {i for one in spoken for i in range(one.first, one.last + 1)} | used
    names = {i for places in named_options(words, options).values() for i in places}
    unknown = [
        i
        for i, word in enumerate(words)
        if i not in said | names
        and word.has_content
        and word.text not in _NO_VALUES
        and not word.text[0].isdigit()
    ]
    impossible = [words[i].text for i in unknown if words[i].text in COLORS]
    if meaning is None:
        return [], impossible
    strange = [i for i in unknown if words[i].text not in COLORS]
    strange = [i for i in strange if not title(name).match(words[i].stem)]
    meaning.remember([words[i].text for i in strange])
    return [one for i in strange for one in _by_meaning(words, i, options, meaning)], impossible


def _by_meaning(words: Sequence[Word], i: int, options: Options, meaning: Meaning) -> list[Spoken]:
    """Returns the value that a word means, if it is near one and no other: "fancy" for fantasy."""
    pairs = [(option, value) for option, values in options.items() for value in values]
    cosines = meaning.likeness(words[i].text, [value for _, value in pairs])
    ranked = sorted(zip(cosines, pairs, strict=True), reverse=True)
    near, clear = 0.5, 0.1
    if ranked[0][0] < near or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < clear):
        return []
    option, value = ranked[0][1]
    return [Spoken(option, value, i, i, ranked[0][0])]
