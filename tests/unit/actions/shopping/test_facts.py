"""A question is answered by the words of the records, or by nothing."""

import numpy as np
import pytest

from actions.resolve import Meaning
from actions.shopping.facts import Fact, fact_for
from shop.model import Money, Product, Variant

JACKET = Product(
    id="jacket",
    title="Storm Rain Jacket",
    description="Has a hood that fits over a helmet. Taped seams.",
    attributes={"Water column": "15,000 mm", "Fit": "unisex"},
    variants=(Variant(id="j", options={}, price=Money(100, "EUR"), stock=1),),
)


class NothingAlike:
    """Finds no two texts alike, so that the words decide."""

    def encode(self, texts):
        """Returns a vector a text."""
        return np.eye(64, dtype=np.float32)[: len(texts)]


class AllAlike:
    """Finds all texts a little alike."""

    def encode(self, texts):
        """Returns a vector a text."""
        vectors = np.eye(64, dtype=np.float32)[: len(texts)]
        vectors[:, 63] = 0.75
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("does the jacket have a hood?", "Has a hood that fits over a helmet"),
        ("what is the water column", "Water column: 15,000 mm"),
        ("are the seams taped", "Taped seams"),
    ],
)
def test_the_words_of_the_question_find_the_fact(question, fact):
    """Those of the title say nothing new."""
    assert fact_for(question, JACKET, Meaning(NothingAlike())) == Fact(fact, answers=True)


def test_what_is_not_told_is_not_answered():
    """Neither words nor meaning come near."""
    assert fact_for("does it have pockets", JACKET, Meaning(NothingAlike())) is None


def test_what_only_comes_near_does_not_answer():
    """It may be said, but as what it is."""
    fact = fact_for("is it windproof", JACKET, Meaning(AllAlike()))
    assert fact is not None
    assert not fact.answers
