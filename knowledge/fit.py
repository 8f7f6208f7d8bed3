"""Tells what a query asks for from what only comes nearest to it.

Both constants are chosen by `bench.fit`, on queries for things that the demo shop has and has not.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NAMED = 0.25  # how much of the score it is worth to have the whole query for a name
ENOUGH = 0.545


def fits(score: float, named: float) -> bool:
    """Tells whether a product is what was asked for.

    Args:
        score: of the search, in [0, 1].
        named: the share of the query that stands in the product's name, as of `share_named`.
    """
    return score + NAMED * named >= ENOUGH


def share_named(words: Sequence[str], weights: NDArray[np.float32], name: str) -> float:
    """Returns the share of a query's words, by weight, that a name has, in [0, 1]."""
    own = set(name.split())
    said = [weight for word, weight in zip(words, weights, strict=True) if word in own]
    return float(np.sum(said) / weights.sum()) if said else 0.0
