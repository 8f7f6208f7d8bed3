"""Tells what a customer wants from the vector of their words.

Numpy alone is needed to use a model, so that `bot.parse` starts without Rasa.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

FALLBACK = "nlu_fallback"  # Rasa's own name for "not understood"
OUT_OF_SCOPE = "out_of_scope"  # Rasa's own name for "nothing that we do"

_WEIGHTS_FILE = "weights.npz"


@dataclass(frozen=True)
class Thresholds:
    """When the bot acts on what it understood. Chosen in config.yml.

    Attributes:
        confidence: the least confidence of the best intent.
        margin: the least distance between the best two.
        familiarity: cosine to the nearest training example from which a text counts as familiar;
            below it, confidence shrinks in proportion.
        alike: groups of intents whose actions lead to the same answer, so that doubt between those
            of one group is none.
    """

    confidence: float
    margin: float
    familiarity: float
    alike: List[List[str]] = field(default_factory=list)

    def answer(self, intent: str) -> str:
        """Returns what stands for all intents that are as good as this one."""
        return next((group[0] for group in self.alike if intent in group), intent)


@dataclass(frozen=True)
class Understanding:
    """The intents by confidence, best first, and whether to act on the first."""

    ranking: List[Tuple[str, float]]
    is_accepted: bool


class IntentModel:
    """Logistic regression on sentence vectors, wary of what resembles no training example.

    Confidence is the probability of the intent times how familiar the text is, so that a sentence
    about something else does not pass only because one intent is the least unlikely.
    """

    SPEC_FILE = "intents.json"

    def __init__(
        self,
        intents: Sequence[str],
        weights: NDArray[np.float32],
        bias: NDArray[np.float32],
        examples: NDArray[np.float32],
        thresholds: Thresholds,
    ) -> None:
        self._intents = list(intents)
        self._weights = weights
        self._bias = bias
        self._examples = examples
        self.thresholds = thresholds

    @classmethod
    def fit(
        cls,
        vectors: NDArray[np.float32],
        labels: Sequence[str],
        *,
        strength: float,
        thresholds: Thresholds,
    ) -> "IntentModel":
        """Learns from L2-normalised vectors of shape (n, dim) and the intent of each.

        `strength` is scikit-learn's `C`: the greater, the closer the model follows the examples.
        """
        from sklearn.linear_model import LogisticRegression

        learner = LogisticRegression(C=strength, class_weight="balanced", max_iter=1000)
        learner.fit(vectors, labels)
        weights, bias = (a.astype(np.float32) for a in (learner.coef_, learner.intercept_))
        return cls(learner.classes_.tolist(), weights, bias, vectors, thresholds)

    def understand(self, vector: NDArray[np.float32]) -> Understanding:
        """Ranks the intents of one text by its L2-normalised vector of shape (dim,)."""
        logits = self._weights @ vector + self._bias
        likelihood = np.exp(logits - logits.max())
        nearest = float((self._examples @ vector).max())
        familiarity = min(max(nearest / self.thresholds.familiarity, 0.0), 1.0)
        confidence = likelihood / likelihood.sum() * familiarity
        order = np.argsort(-confidence)
        ranking = [(self._intents[i], float(confidence[i])) for i in order]
        return Understanding(ranking, self._is_clear(ranking))

    def _is_clear(self, ranking: Sequence[Tuple[str, float]]) -> bool:
        answers: Dict[str, float] = {}
        for intent, confidence in ranking:
            answer = self.thresholds.answer(intent)
            answers[answer] = answers.get(answer, 0.0) + confidence
        best = answers.pop(self.thresholds.answer(ranking[0][0]))
        second = max(answers.values(), default=0.0)
        return best >= self.thresholds.confidence and best - second >= self.thresholds.margin

    def save(self, folder: Path) -> None:
        """Writes the model as plain arrays and JSON."""
        np.savez(
            folder / _WEIGHTS_FILE,
            weights=self._weights,
            bias=self._bias,
            examples=self._examples,
        )
        spec: Dict[str, Any] = {"intents": self._intents, "thresholds": vars(self.thresholds)}
        (folder / self.SPEC_FILE).write_text(json.dumps(spec, indent=1), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "IntentModel":
        """Reads what `save` wrote."""
        spec = json.loads((folder / cls.SPEC_FILE).read_text(encoding="utf-8"))
        with np.load(folder / _WEIGHTS_FILE, allow_pickle=False) as arrays:
            return cls(
                spec["intents"],
                arrays["weights"],
                arrays["bias"],
                arrays["examples"],
                Thresholds(**spec["thresholds"]),
            )
