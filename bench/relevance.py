"""Measures of a ranking against graded judgements."""

from collections.abc import Mapping, Sequence
from math import log2

CUT = 10
DEEP = 100

Grades = Mapping[str, int]
"""What people thought of the results of one query: id → 0 (useless) to 3."""


def ndcg(ranking: Sequence[str], grades: Grades) -> float:
    """Returns nDCG@10 with the gain 2^grade - 1; what was not judged counts as useless."""
    ideal = sorted(grades.values(), reverse=True)
    return _gain([grades.get(each, 0) for each in ranking]) / _gain(ideal)


def condensed_ndcg(ranking: Sequence[str], grades: Grades) -> float:
    """Returns nDCG@10 of the ranking without what was not judged (Sakai, SIGIR 2007)."""
    return ndcg([each for each in ranking if each in grades], grades)


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """Returns 1 over the place of the first relevant result among ten, or 0."""
    places = (place for place, each in enumerate(ranking[:CUT], start=1) if grades.get(each))
    return 1 / next(places, float("inf"))


def recall(ranking: Sequence[str], grades: Grades) -> float:
    """Returns the share of the relevant results among the first hundred."""
    relevant = {each for each, grade in grades.items() if grade}
    return len(relevant & set(ranking[:DEEP])) / len(relevant)


def _gain(grades: Sequence[int]) -> float:
    return sum(
        float(2**grade - 1) / log2(place + 1) for place, grade in enumerate(grades[:CUT], start=1)
    )
