"""Tells what a customer wants from the vector of their words.

Numpy alone is needed to use a model, so that `bot.parse` starts without Rasa.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

FALLBACK = "nlu_fallback"  # Rasa's own name for "not understood"
OUT_OF_SCOPE = "out_of_scope"  # Rasa's own name for "nothing that we do"

_WEIGHTS_FILE = "weights.npz"

Vectors = NDArray[np.float32]


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
    """The intents by confidence, best first, and whether to act on the first.

    Attributes:
        ranking: intents with their confidence, between 0 and 1.
        in_scope: between 0 and 1, how surely the text is about anything that the bot does.
        confidence: of the best answer, whichever of its intents is meant.
        margin: how far it is ahead of the next answer.
        is_accepted: whether both suffice.
    """

    ranking: List[Tuple[str, float]]
    in_scope: float
    confidence: float
    margin: float
    is_accepted: bool


class IntentModel:
    """Logistic regression beside the nearest examples, wary of what resembles none of them.

    Regression weighs everything that it learnt of an intent; the nearest example of each intent
    speaks for sentences that are like one line and unlike the rest. Confidence is the probability
    of the intent times how familiar the text is, so that a sentence about something else does not
    pass only because one intent is the least unlikely.
    """

    SPEC_FILE = "intents.json"

    def __init__(
        self,
        intents: Sequence[str],
        weights: Vectors,
        bias: Vectors,
        examples: Vectors,
        lines: Sequence[Tuple[str, str]],
        *,
        closeness: float,
        thresholds: Thresholds,
    ) -> None:
        self._intents = list(intents)
        self._weights = weights
        self._bias = bias
        self._examples = examples
        self._lines = list(lines)
        self._firsts = [[i for _, i in lines].index(intent) for intent in intents]
        self._closeness = closeness
        self.thresholds = thresholds

    @classmethod
    def fit(
        cls,
        vectors: Vectors,
        lines: Sequence[Tuple[str, str]],
        *,
        strength: float,
        closeness: float,
        thresholds: Thresholds,
    ) -> "IntentModel":
        """Learns from examples.

        Args:
            vectors: L2-normalised, of shape (n, dim).
            lines: the text and the intent of each.
            strength: scikit-learn's `C`: the greater, the closer the regression follows them.
            closeness: what a cosine of one to the nearest example adds to the log-odds.
            thresholds: when to act.
        """
        from sklearn.linear_model import LogisticRegression

        order = sorted(range(len(lines)), key=lambda row: lines[row][1])
        vectors, lines = vectors[order], [lines[row] for row in order]
        learner = LogisticRegression(C=strength, class_weight="balanced", max_iter=200)
        learner.fit(vectors, [intent for _, intent in lines])
        return cls(
            learner.classes_.tolist(),
            learner.coef_.astype(np.float32),
            learner.intercept_.astype(np.float32),
            vectors,
            lines,
            closeness=closeness,
            thresholds=thresholds,
        )

    def understand(self, vector: Vectors) -> Understanding:
        """Ranks the intents of one text by its L2-normalised vector of shape (dim,)."""
        nearest = np.maximum.reduceat(self._examples @ vector, self._firsts)
        logits = self._weights @ vector + self._bias + self._closeness * nearest
        likelihood = np.exp(logits - logits.max())
        likelihood /= likelihood.sum()
        familiarity = min(max(float(nearest.max()) / self.thresholds.familiarity, 0.0), 1.0)
        confidence = likelihood * familiarity
        ranking = [(self._intents[i], float(confidence[i])) for i in np.argsort(-confidence)]
        foreign = sum(c for name, c in ranking if name == OUT_OF_SCOPE)
        best, second = self._best_answers(ranking)
        return Understanding(
            ranking,
            in_scope=familiarity - foreign,
            confidence=best,
            margin=best - second,
            is_accepted=best >= self.thresholds.confidence
            and best - second >= self.thresholds.margin,
        )

    def nearest(self, vector: Vectors, count: int) -> List[Tuple[str, str, float]]:
        """Returns the examples most like a text: line, intent, cosine; best first."""
        cosines = self._examples @ vector
        return [(*self._lines[i], float(cosines[i])) for i in np.argsort(-cosines)[:count]]

    def _best_answers(self, ranking: Sequence[Tuple[str, float]]) -> Tuple[float, float]:
        """Returns the confidence of the first intent's answer, and that of the next best."""
        answers: Dict[str, float] = {}
        for intent, confidence in ranking:
            answer = self.thresholds.answer(intent)
            answers[answer] = answers.get(answer, 0.0) + confidence
        best = answers.pop(self.thresholds.answer(ranking[0][0]))
        return best, max(answers.values(), default=0.0)

    def save(self, folder: Path) -> None:
        """Writes the model as plain arrays and JSON."""
        np.savez(
            folder / _WEIGHTS_FILE,
            weights=self._weights,
            bias=self._bias,
            examples=self._examples,
        )
        spec = {
            "intents": self._intents,
            "closeness": self._closeness,
            "thresholds": asdict(self.thresholds),
            "lines": self._lines,
        }
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
                [(line, intent) for line, intent in spec["lines"]],
                closeness=spec["closeness"],
                thresholds=Thresholds(**spec["thresholds"]),
            )
