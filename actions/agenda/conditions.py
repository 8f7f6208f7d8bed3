"""Divides what was said of a request from what is wanted on a condition: "if it cannot, cancel it"."""

import re
from dataclasses import dataclass

_IF = re.compile(
    r"(?:(?<=[.;!?\n(])\s*|\A\s*|(?<=[,)])\s*(?:and|but)\s+)"
    r"(?:(?:and|but|then)\s+)?(?:\bif\b(?P<condition>[^.;,!?\n]*(?:,(?= (?:because|since)\b)[^.;,!?\n]*)?)"
    r"(?:,\s*(?:then\s+)?|\s+then\s+)|(?P<otherwise>otherwise|or else|failing that)\b,?\s*)",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|not|none|never|cannot|unable|impossible|fails?|refuses?|issues?|problems?)\b|n['\u2019]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Something said, perhaps on a condition."""

    text: str  # without the condition
    whole: str  # with it
    is_conditional: bool = False
    is_fallback: bool = False  # wanted if what comes before cannot be had


def pieces(text: str) -> list[Piece]:
    """Returns a text divided before each condition; what follows a condition belongs to it."""
    marks = list(_IF.finditer(text))
    starts = [mark.start() for mark in marks]
    found = [Piece(text[: starts[0]], text[: starts[0]])] if marks and starts[0] else []
    for mark, end in zip(marks, [*starts, len(text)][1:], strict=True):
        is_fallback = bool(mark["otherwise"] or _NOT.search(mark["condition"] or ""))
        whole = text[mark.start() : end]
        found.append(
            Piece(text[mark.end() : end], whole, is_conditional=True, is_fallback=is_fallback)
        )
    return found or [Piece(text, text)]
