"""Which texts share a query's words, on bm25s."""

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray


class Lexical:
    """BM25 over the distinct words of each text.

    A word counts once a text: shops repeat the title in the description, which says nothing.
    """

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25
        starts, scores = bm25.scores["indptr"], bm25.scores["data"]
        self._best: NDArray[np.float32] = np.maximum.reduceat(scores, starts[:-1])
        self._unknown = float(scores.max())

    @classmethod
    def build(cls, texts: Sequence[Sequence[str]]) -> "Lexical":
        """Returns an index of the texts' words, each once a text."""
        if not any(texts):  # bm25s wants one word at least
            texts = [[""]] * max(1, len(texts))
        bm25 = bm25s.BM25(k1=1.2, b=0.75)  # the textbook's constants
        bm25.index(texts, show_progress=False)
        return cls(bm25)

    @classmethod
    def load(cls, folder: Path) -> "Lexical":
        """Returns what was saved."""
        return cls(bm25s.BM25.load(folder, show_progress=False))

    def save(self, folder: Path) -> None:
        """Writes the index into the folder."""
        self._bm25.save(folder, show_progress=False)

    def weights(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Returns how much each word says; one that no text has weighs as much as the rarest."""
        ids = [self._bm25.vocab_dict.get(word) for word in words]
        known = [self._unknown if each is None else self._best[each] for each in ids]
        return np.array(known, dtype=np.float32)

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Returns for each text the share of the query's weight in words that it has, in [0, 1]."""
        ids = [self._bm25.vocab_dict[word] for word in words if word in self._bm25.vocab_dict]
        if not ids:
            return np.zeros(self._bm25.scores["num_docs"], dtype=np.float32)
        scores: NDArray[np.float32] = (
            self._bm25.get_scores_from_ids(ids) / self.weights(words).sum()
        )
        return scores
