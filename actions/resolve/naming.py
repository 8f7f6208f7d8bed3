"""Finds things that a text names otherwise than by the words of their titles."""

import re
from collections.abc import Sequence

from actions.resolve.bought import Bought, mentions_value
from actions.resolve.meaning import Meaning
from actions.resolve.sentence import Sentence, Zone
from actions.resolve.titles import Anchor
from actions.resolve.words import Word, word_set

_NEAR = 0.5  # cosine from which a name is another word for a title
_SURE = 0.8  # cosine that leaves no doubt
_DOUBTFUL = 0.7  # score of what is just near enough
_LONGEST_MEANT = 2
_LONGEST = 4  # words of a name
_SHORTEST_ID = 3

_DETERMINERS = word_set("the my a an this that these those your both all some")
_ACTS = word_set(
    """back return returning cancel cancelling exchange exchanging swap swapping replace replacing
    refund modify change remove"""
)
_AND = word_set("and or plus")
# What customers speak of beside the things they bought.
_NO_THINGS = word_set(
    """order orders item items thing things product products stuff refund money payment payments
    method card cards address account package packages parcel purchase purchases option
    options price prices difference reason mistake email name number numbers gift paypal
    credit delivery shipping status tracking invoice agent person human size color colour
    variant version type same last recent pending total amount home house city place way day
    days week month time request requests question quality specs subscription newsletter mind keep current"""
)


def name_by_id(sentence: Sentence, items: Sequence[Bought]) -> list[Anchor]:
    """Returns where the text names lines by the ids of their variants or products."""
    found = []
    ids = {key.casefold() for one in items for key in _ids(one) if len(key) >= _SHORTEST_ID}
    for key in ids:
        for match in re.finditer(rf"(?<![\w-]){re.escape(key)}(?![\w-])", sentence.text):
            rows = [
                i for i, w in enumerate(sentence.words) if match.start() <= w.start < match.end()
            ]
            if rows:
                scores = tuple(float(key in map(str.casefold, _ids(one))) for one in items)
                found.append(Anchor(rows[0], rows[-1], scores))
    return found


def _ids(one: Bought) -> tuple[str, str, str]:
    return one.line.id, one.line.variant_id, one.line.product_id


def name_by_meaning(
    sentence: Sentence, items: Sequence[Bought], named: Sequence[Anchor], meaning: Meaning | None
) -> tuple[list[Anchor], list[str]]:
    """Returns what other names mean the lines' titles, and the names that mean none of them.

    Only where the text surely names things to act on, a name that means nothing is told.
    """
    words = sentence.words
    taken = {i for spot in named for i in range(spot.first, spot.last + 1)}
    found: list[Anchor] = []
    unmatched: list[str] = []
    for first in range(len(words)):
        if first in taken or not words[first].has_content:
            continue
        is_sure = _is_acted_on(words, first, taken)
        last = _end_of_name(words, first, taken)
        if not (is_sure or _text(words, first - 1) in _DETERMINERS) or last is None:
            continue
        if not _may_name(sentence, items, words[first : last + 1]):
            continue
        if anchor := _nearest(words, first, last, items, meaning):
            found.append(anchor)
            taken |= set(range(anchor.first, anchor.last + 1))
        elif is_sure:
            unmatched.append(" ".join(word.text for word in words[first : last + 1]))
            taken |= set(range(first, last + 1))
    return found, unmatched


def _text(words: Sequence[Word], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""


def _is_acted_on(words: Sequence[Word], i: int, taken: set[int]) -> bool:
    """Tells whether a name begins here behind "return the", or in a list with names before."""
    before = _text(words, i - 1)
    if before in _AND:
        return i - 2 in taken
    if before in _DETERMINERS:
        if i - 2 in taken:
            return words[i - 2].chunk != words[i - 1].chunk
        return _text(words, i - 2) in _ACTS or (_text(words, i - 2) in _AND and i - 3 in taken)
    return i - 1 in taken and words[i - 1].chunk != words[i].chunk


def _end_of_name(words: Sequence[Word], first: int, taken: set[int]) -> int | None:
    """Returns the last word of a name; None if it goes on with one that is known."""
    last = first
    while last + 1 < len(words) and words[last + 1].chunk == words[first].chunk:
        if last + 1 in taken:
            return None
        if not words[last + 1].has_content:
            break
        last += 1
    return last


def _nearest(
    words: Sequence[Word],
    first: int,
    last: int,
    items: Sequence[Bought],
    meaning: Meaning | None,
) -> Anchor | None:
    """Returns what the words mean, or the first of them: "cup" of "the cup arrived broken"."""
    if meaning is None or not items:
        return None
    names = [one.title.name for one in items]
    for end in range(min(last, first + _LONGEST_MEANT - 1), first - 1, -1):
        said = " ".join(word.text for word in words[first : end + 1])
        cosines = meaning.likeness(said, names)
        best = max(cosines)
        if best >= _NEAR:
            top = min(1.0, max(_DOUBTFUL, best / _SURE))
            return Anchor(first, end, tuple(top * max(0.0, c) / best for c in cosines))
    return None


def _may_name(sentence: Sentence, items: Sequence[Bought], words: Sequence[Word]) -> bool:
    if len(words) > _LONGEST or sentence.zone(words[0].start) not in (Zone.THINGS, Zone.EXCEPTIONS):
        return False
    if any(
        word.text in _NO_THINGS or word.text in _ACTS or word.text[0].isdigit() for word in words
    ):
        return False
    options = {option for one in items for option in one.line.options}
    values = {value for one in items for value in one.line.options.values()}
    return not any(mentions_value(words, said) for said in options | values)
