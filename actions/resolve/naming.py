"""Finds things that a text names otherwise than by the words of their titles."""

import re
from collections.abc import Sequence

from actions.resolve.bought import Bought, mentions_value
from actions.resolve.meaning import Meaning
from actions.resolve.sentence import Sentence, Zone
from actions.resolve.titles import Anchor
from actions.resolve.words import Word, word_set

_NEAR = 0.45  # cosine from which a name is another word for a title
_SURE = 0.75
_LONGEST = 4  # words of a name
_SHORTEST_ID = 3

_DETERMINERS = word_set("the my a an this that these those your both all some")
_ACTS = word_set(
    """return returning cancel cancelling exchange exchanging swap swapping replace replacing
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
    """Returns what other names mean the lines' titles, and the names that mean none of them."""
    titles = [one.line.title for one in items]
    found, unmatched = [], []
    for first, last in _names(sentence, items, named):
        name = " ".join(word.text for word in sentence.words[first : last + 1])
        likeness = meaning.likeness(name, titles) if meaning and titles else [0.0]
        if max(likeness) >= _NEAR:
            scores = (min(1.0, (cosine - 0.2) / (_SURE - 0.2)) for cosine in likeness)
            found.append(Anchor(first, last, tuple(max(0.0, score) for score in scores)))
        else:
            unmatched.append(name)
    return found, unmatched


def _names(
    sentence: Sentence, items: Sequence[Bought], named: Sequence[Anchor]
) -> list[tuple[int, int]]:
    """Returns where the text seems to name things: behind "return the", or in a list with others."""
    words = sentence.words
    taken = {i for spot in named for i in range(spot.first, spot.last + 1)}
    found: list[tuple[int, int]] = []
    for i in range(len(words)):
        if i in taken or not _begins(words, i, taken):
            continue
        last = i
        while (
            last + 1 < len(words)
            and words[last + 1].chunk == words[i].chunk
            and (words[last + 1].has_content and last + 1 not in taken)
        ):
            last += 1
        if last + 1 in taken and words[last + 1].chunk == words[i].chunk:
            continue  # it goes on with a name that is known
        if _may_name(sentence, items, words[i : last + 1]):
            found.append((i, last))
            taken |= set(range(i, last + 1))
    return found


def _begins(words: Sequence[Word], i: int, taken: set[int]) -> bool:
    if not words[i].has_content:
        return False
    before = words[i - 1] if i else None
    if before is None:
        return False
    if before.text in _DETERMINERS:
        act = words[i - 2] if i > 1 else before
        return (
            act.text in _ACTS
            or (act.text in _AND and i - 3 in taken)
            or (i - 2 in taken and act.chunk != before.chunk)
        )
    if before.text in _AND:
        return i - 2 in taken
    return before.chunk != words[i].chunk and i - 1 in taken


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
