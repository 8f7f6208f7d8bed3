"""What a resolution is: ranked candidates, and whether one of them stands out."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

# The only thresholds: whoever asks looks at `winner`, `choices` and nothing else.
ENOUGH = 0.5  # below it a candidate is not what was meant
CLEAR = 0.08  # so far ahead of the next, the best needs no question

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """Something that may have been meant."""

    value: T
    score: float  # in [0, 1]
    why: tuple[str, ...] = ()  # which words matched what, for logs and tests


@dataclass(frozen=True, slots=True)
class Resolution(Generic[T]):
    """What a customer may have meant, best first."""

    candidates: tuple[Candidate[T], ...] = ()

    @classmethod
    def ranked(cls, candidates: Iterable[Candidate[T]]) -> "Resolution[T]":
        """Returns the candidates, best first; those of equal score stay in the order given."""
        return cls(tuple(sorted(candidates, key=lambda c: -c.score)))

    @property
    def margin(self) -> float:
        """How far the best is ahead of the next."""
        scores = [candidate.score for candidate in self.candidates[:2]]
        return scores[0] - scores[1] if len(scores) > 1 else sum(scores)

    @property
    def winner(self) -> T | None:
        """What was meant, if that needs no question."""
        choices = self.choices
        return choices[0] if len(choices) == 1 else None

    @property
    def choices(self) -> tuple[T, ...]:
        """Those between which the customer has to choose: several, or the winner, or none."""
        if not self.candidates or self.candidates[0].score < ENOUGH:
            return ()
        least = max(ENOUGH, self.candidates[0].score - CLEAR + 1e-9)
        return tuple(c.value for c in self.candidates if c.score >= least)
