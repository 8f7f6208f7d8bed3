"""Where a text speaks of the values of a product's options."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from actions.resolve.measures import Amount, amounts, measure
from actions.resolve.words import Word, joined, sameness, split_words, stem, word_set
from shop.model import Product

Options = Mapping[str, tuple[str, ...]]  # every value of each option, in the order of the variants

_NEGATIONS = word_set("no not non without t never isn isnt un")
_TURNS = word_set("but and instead with for to")  # behind which a "not" no longer holds
_REFUSALS = (("instead", "of"), ("rather", "than"), ("other", "than"), ("anything", "but"))
_LETTERS = {
    "xs": "extra small",
    "s": "small",
    "m": "medium",
    "l": "large",
    "xl": "extra large",
    "xxl": "extra extra large",
}
_SEVERAL_NUMBERS = re.compile(r"\A(\d+\W+\d+)\s*[a-z]+\Z")  # "40 x 80 cm"
_RANGE = re.compile(r"\A(\d+)\s*[-\u2013/]\s*(\d+)\Z")
_NONE = word_set("none no not without")
_PARTLY = 0.8


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a text that mean a value of an option."""

    option: str
    value: str
    first: int  # by the index of the word
    last: int
    score: float
    is_refused: bool = False  # "not leather", "instead of leather"


def options_of(product: Product) -> Options:
    """Returns every value of each of a product's options."""
    found: dict[str, dict[str, None]] = {}
    for variant in product.variants:
        for option, value in variant.options.items():
            found.setdefault(option, {})[value] = None
    return {option: tuple(values) for option, values in found.items()}


def spoken_values(words: Sequence[Word], options: Options) -> list[Spoken]:
    """Returns which values a text speaks of, in its order.

    The longer of two that overlap is meant ("full size", not "full"); where one word is a value of
    several options, the option that is named beside it.
    """
    found = [
        spoken
        for option, values in options.items()
        for value in values
        for spoken in _spoken(words, option, value, values)
    ]
    found = [one for one in found if not any(_covers(other, one) for other in found)]
    found = [one for one in found if not any(_is_nearer(words, other, one) for other in found)]
    found += _by_option_name(words, options, found)
    return sorted(dict.fromkeys(found), key=lambda one: one.first)


def _covers(other: Spoken, one: Spoken) -> bool:
    meet = other.first <= one.last and one.first <= other.last
    longer = other.last - other.first > one.last - one.first
    surer = other.option == one.option and other.score > one.score
    same = other.last - other.first == one.last - one.first
    return meet and (longer or (same and surer))


def _is_nearer(words: Sequence[Word], other: Spoken, one: Spoken) -> bool:
    """Tells whether another option claims the same words with a better right."""
    if (other.first, other.last) != (one.first, one.last) or other.option == one.option:
        return False
    near = _distance_to_name(words, other) - _distance_to_name(words, one)
    return near < 0 or (near == 0 and other.score > one.score)


def _distance_to_name(words: Sequence[Word], one: Spoken) -> int:
    """Returns how many words away the option's name stands; many, if it does not stand near."""
    names = set(_name_stems(one.option))
    behind = range(one.last + 1, min(len(words), one.last + 3))
    before = range(one.first - 1, max(-1, one.first - 4), -1)
    far = 9
    for i in behind:
        if words[i].stem in names and words[i].chunk == words[one.last].chunk:
            return i - one.last
    return next((one.first - i for i in before if words[i].stem in names), far)


@lru_cache(maxsize=10_000)
def _name_stems(option: str) -> tuple[str, ...]:
    return tuple(word.stem for word in joined(split_words(option)))


def named_options(words: Sequence[Word], options: Iterable[str]) -> dict[str, list[int]]:
    """Returns where the words name options: those of which most words are named, best."""
    found = {}
    for option in options:
        own = [word.stem for word in split_words(option) if word.has_content]
        places = [i for i, word in enumerate(words) if any(sameness(word.stem, s) for s in own)]
        if places:
            found[option] = places
    return found


def _spoken(words: Sequence[Word], option: str, value: str, values: Sequence[str]) -> list[Spoken]:
    found = _as_amount(words, option, value)
    for said in _ways_to_say(value):
        found += _in_full(words, option, value, said)
    if not found:
        found = _in_part(words, option, value, values)
    return [_with_refusal(words, one) for one in found]


def _ways_to_say(value: str) -> list[list[Word]]:
    main = value.partition(",")[0].strip()
    said = [main]
    if match := _SEVERAL_NUMBERS.match(main):
        said.append(match.group(1))
    if main.casefold() in _LETTERS:
        said.append(_LETTERS[main.casefold()])
    return [split_words(one) for one in said]


def _as_amount(words: Sequence[Word], option: str, value: str) -> list[Spoken]:
    if match := _RANGE.match(value):
        low, high = map(int, match.groups())
        return [
            Spoken(option, value, said.first, said.last, _PARTLY)
            for said in amounts(words)
            if not said.of and low <= said.size <= high
        ]
    wanted = measure(value)
    if wanted is None:
        return []
    names = _name_stems(option)
    return [
        Spoken(option, value, said.first, said.last, 1.0)
        for said in amounts(words)
        if said.size == wanted.size and _counts_the_same(words, said, wanted, names)
    ]


def _counts_the_same(
    words: Sequence[Word], said: Amount, wanted: Amount, names: Sequence[str]
) -> bool:
    if wanted.of and said.of:
        return said.of == wanted.of
    before = words[max(0, said.first - 2) : said.first]
    return said.of in names or any(word.stem in names for word in before)


def _in_full(words: Sequence[Word], option: str, value: str, said: Sequence[Word]) -> list[Spoken]:
    found = []
    for i in range(len(words) - len(said) + 1):
        window = words[i : i + len(said)]
        same = [_same(a, b) for a, b in zip(window, said, strict=True)]
        if said and all(same) and (len(said) > 1 or _stands_alone(words, i, said[0])):
            found.append(Spoken(option, value, i, i + len(said) - 1, min(same)))
    return found or _in_one_word(words, option, value, said)


def _in_one_word(
    words: Sequence[Word], option: str, value: str, said: Sequence[Word]
) -> list[Spoken]:
    """Returns where what is two words on one side is one on the other: "hard cover"."""
    compact = stem("".join(word.text for word in said))
    if len(said) > 1:
        return [Spoken(option, value, i, i, 1.0) for i, w in enumerate(words) if w.stem == compact]
    return [
        Spoken(option, value, i, i + 1, 1.0)
        for i, pair in enumerate(pairwise(words))
        if stem(pair[0].text + pair[1].text) == compact and len(compact) > 1
    ]


def _same(word: Word, other: Word) -> float:
    return sameness(word.stem, other.stem) if word.text != other.text else 1.0


def _stands_alone(words: Sequence[Word], i: int, said: Word) -> bool:
    """Tells whether a letter or number is a value by itself: not the "s" of "it's", nor a count."""
    if said.text.isdigit():
        return words[i].text.isdigit() and (
            i + 1 == len(words)
            or not words[i + 1].has_content
            or words[i + 1].chunk != words[i].chunk
        )
    if len(said.text) > 1:
        return True
    clings = i > 0 and words[i - 1].end + 1 == words[i].start and len(words[i - 1].text) > 0
    follows_apostrophe = clings and words[i - 1].text in _CLIPPED
    return not follows_apostrophe


_CLIPPED = word_set("it i that he she what there let who how here you we they don one")


def _in_part(words: Sequence[Word], option: str, value: str, values: Sequence[str]) -> list[Spoken]:
    """Returns where a word is said that tells the value from the option's others: "AC" of "AC adapter"."""
    own = {word.stem for word in split_words(value) if word.has_content and not word.text.isdigit()}
    others = {word.stem for other in values if other != value for word in split_words(other)}
    telling = {word for word in own - others if len(word) > 1}
    shared = {word for word in own if len(word) > 2} - telling  # noqa: PLR2004
    found = []
    for i, word in enumerate(words):
        if word.has_content and any(sameness(word.stem, one) for one in telling):
            found.append(Spoken(option, value, i, i, _PARTLY))
        elif word.stem in shared and len(own) > 1 and len(values) > len(_having(values, word.stem)):
            found.append(Spoken(option, value, i, i, _PARTLY - 0.1))
    return found


def _having(values: Sequence[str], wanted: str) -> list[str]:
    return [value for value in values if any(w.stem == wanted for w in split_words(value))]


def _with_refusal(words: Sequence[Word], one: Spoken) -> Spoken:
    return Spoken(
        one.option, one.value, one.first, one.last, one.score, is_negated(words, one.first)
    )


def is_negated(words: Sequence[Word], place: int) -> bool:
    """Tells whether what stands at a place is refused: "not the leather", "instead of leather"."""
    before = list(words[max(0, place - 4) : place])
    if before and before[-1].text == "from":
        return True
    texts = [word.text for word in before]
    if any(pair == tuple(texts[i : i + 2]) for pair in _REFUSALS for i in range(len(texts))):
        return True
    for word in reversed(before):
        if word.chunk != words[place].chunk or word.text in _TURNS:
            return False
        if word.text in _NEGATIONS:
            return True
    return False


def _by_option_name(
    words: Sequence[Word], options: Options, found: Sequence[Spoken]
) -> list[Spoken]:
    """Returns what the name of an option says by itself: "waterproof", "no backlight"."""
    more = []
    taken = {i for one in found for i in range(one.first, one.last + 1)}
    for option, places in named_options(words, options).items():
        if any(one.option == option for one in found):
            continue
        place = places[-1]
        if place not in taken:
            said = _said_by_name(options[option], is_negated=is_negated(words, place))
            more += [Spoken(option, value, place, place, 1.0) for value in said]
    return more


def _said_by_name(values: Sequence[str], *, is_negated: bool) -> list[str]:
    if {value.casefold() for value in values} == {"yes", "no"}:
        return [value for value in values if (value.casefold() == "no") == is_negated]
    return [value for value in values if is_negated and split_words(value)[0].text in _NONE]
