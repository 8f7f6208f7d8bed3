"""What the shop's own records say to a question about a product. Nothing is concluded from them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from actions.resolve.meaning import Meaning
from actions.resolve.words import Word, sameness, split_words
from shop.model import Product

# Chosen on questions that the demo shop's records answer or not: bench/queries/questions.tsv
_ANSWERS = 0.5
_NEAR = 0.3
_UNSAID = 0.1  # for the words, where none tells anything: "what is it made of"
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the records say, in their words."""

    text: str
    answers: bool  # whether it speaks of what was asked, and not only of something near


def fact_for(question: str, product: Product, meaning: Meaning) -> Fact | None:
    """Returns what the product's attributes and description say to a question; None if nothing.

    Words count that the question does not share with the title: "hood" of "has the jacket a hood".
    """
    said = list(_said(product))
    title = split_words(product.title)
    asked = [w for w in split_words(question) if w.has_content and not _share([w], title)]
    if not said:
        return None
    cosines = meaning.likeness(" ".join(word.text for word in asked) or question, said)
    scores = [
        (_share(asked, split_words(each)) if asked else _UNSAID) + cosine
        for each, cosine in zip(said, cosines, strict=True)
    ]
    best = max(range(len(said)), key=scores.__getitem__)
    if scores[best] < _NEAR:
        return None
    return Fact(said[best].rstrip(".;"), answers=scores[best] >= _ANSWERS)


def _said(product: Product) -> Iterator[str]:
    """Yields the attributes and the sentences of the description."""
    for name, value in product.attributes.items():
        yield f"{name}: {value}"
    yield from filter(None, map(str.strip, _SENTENCE.split(product.description)))


def _share(asked: list[Word], own: list[Word]) -> float:
    """Returns how much of the words are among others, in [0, 1]."""
    found = (max((sameness(w.stem, each.stem) for each in own), default=0.0) for w in asked)
    return sum(found) / len(asked)
