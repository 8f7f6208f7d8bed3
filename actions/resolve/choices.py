"""Which of the choices that were offered, or of a shop's reasons, a customer means."""

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from actions.resolve.meaning import Meaning
from actions.resolve.resolution import Candidate, Resolution
from actions.resolve.words import Word, sameness, split_words

_PLACES = (
    ("first", "1st", "former", "top"),
    ("second", "2nd"),
    ("third", "3rd"),
    ("fourth", "4th"),
    ("fifth", "5th"),
    ("sixth", "6th"),
    ("seventh", "7th"),
    ("eighth", "8th"),
)
_ORDINALS = {
    **{name: place for place, names in enumerate(_PLACES) for name in names},
    **dict.fromkeys(("last", "latter", "bottom"), -1),
}
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\b")
_NUMBER = re.compile(r"\A\W*(?:(?:number|no|nr|option|choice|#)\W*)?(\d{1,2})\W*\Z")
_ANSWER = 20  # words up to which a text is about one thing
_IN_OTHER_WORDS = 0.35  # cosine from which a text says what a reason says


def ordinal(text: str) -> int | None:
    """Returns the place that a text speaks of, as an index: "the second" is 1, "the last" -1."""
    found = {_ORDINALS[match] for match in _ORDINAL.findall(text.casefold())}
    return found.pop() if len(found) == 1 else None


def which_choice(
    text: str, titles: Sequence[str], *, meaning: Meaning | None = None
) -> Resolution[int]:
    """Returns which of the offered titles is meant, by its index.

    By its words, its place ("the second", "2") or, last, its meaning.
    """
    folded = text.casefold().strip()
    exact = [i for i, title in enumerate(titles) if title.casefold().strip() == folded]
    if len(exact) == 1:
        return Resolution((Candidate(exact[0], 1.0, ("exactly the title",)),))
    words = _by_words(text, titles)
    place = _place(folded, len(titles))
    if place is not None and max(words, default=0.0) < 1.0:
        return Resolution((Candidate(place, 1.0, ("by its place",)),))
    if max(words, default=0.0) == 0 and meaning:
        words = [max(0.0, cosine) for cosine in meaning.likeness(text, titles)]
    return Resolution.ranked(
        Candidate(i, score, (f"as {titles[i]!r}",)) for i, score in enumerate(words) if score
    )


def _place(text: str, count: int) -> int | None:
    if (place := ordinal(text)) is not None:
        return place % count if -1 <= place < count and count else None
    match = _NUMBER.match(text)
    number = int(match.group(1)) if match else 0
    return number - 1 if 1 <= number <= count else None


def _by_words(text: str, titles: Sequence[str]) -> list[float]:
    """Returns for each title the share of the text's words that it has.

    Words that all titles have, or none, tell nothing apart and do not count.
    """
    spoken = [word for word in split_words(text) if word.has_content]
    owned = [split_words(title) for title in titles]
    found = [[max(_same(word, own), 0.0) for word in spoken] for own in owned]
    telling = [i for i in range(len(spoken)) if len({row[i] > 0 for row in found}) > 1]
    if len(titles) == 1:
        telling = [i for i in range(len(spoken)) if found[0][i]]
    if not telling:
        return [0.0] * len(titles)
    return [sum(row[i] for i in telling) / len(telling) for row in found]


def _same(word: Word, others: Sequence[Word]) -> float:
    return max((sameness(word.stem, other.stem) for other in others), default=0.0)


def which_reason(
    text: str, reasons: Mapping[str, str], *, meaning: Meaning | None = None
) -> Resolution[str]:
    """Returns which of a shop's reasons a customer gives, by its code.

    Args:
        text: what the customer said.
        reasons: by code, how the shop says it: "ordered by mistake".
        meaning: understands a reason in other words.
    """
    folded = text.casefold()
    literal = {
        code: fuzz.partial_ratio(said.casefold(), folded) / 100 for code, said in reasons.items()
    }
    said = [code for code, score in literal.items() if score > 0.9]  # noqa: PLR2004
    if said:
        return Resolution.ranked(Candidate(c, literal[c], ("in these words",)) for c in said)
    words = dict(zip(reasons, _by_words(text, list(reasons.values())), strict=True))
    if max(words.values(), default=0.0) > 0:
        return Resolution.ranked(Candidate(c, s, ("by its words",)) for c, s in words.items())
    if meaning is None or len(text.split()) > _ANSWER:
        return Resolution()
    cosines = meaning.likeness(text, list(reasons.values()))
    return Resolution.ranked(
        Candidate(code, min(1.0, 0.5 + cosine - _IN_OTHER_WORDS), ("by its meaning",))
        for code, cosine in zip(reasons, cosines, strict=True)
        if cosine >= _IN_OTHER_WORDS
    )
