"""Finds texts by their words and their meaning together: FAISS and BM25, fused."""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.lexical import Lexical

# Cosines of related and unrelated texts lie closer together than their shares of the query's words.
# Chosen by cross-validation: bench/search.py tells how.
_COSINE_WEIGHT = 2.5
_CANDIDATES = 200  # from each side; more change the first hundred results no further

# A text has to do with a query if it has half of its words, by weight, or comes near in meaning.
_RELATED_WORDS = 0.5
_RELATED_COSINE = 0.3


class Hybrid:
    """Texts in the order they were given, found by rows."""

    def __init__(self, vectors: faiss.Index, lexical: Lexical) -> None:
        self._vectors = vectors
        self._lexical = lexical

    @classmethod
    def build(cls, words: Sequence[Sequence[str]], vectors: NDArray[np.float32]) -> "Hybrid":
        """Returns an index of texts.

        Args:
            words: those of each text, once each.
            vectors: one a text, float32 of shape (len(texts), dim), L2-normalised.
        """
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        return cls(index, Lexical.build(words))

    @classmethod
    def load(cls, folder: Path) -> "Hybrid":
        """Returns what was saved."""
        return cls(faiss.read_index(str(folder / "vectors.faiss")), Lexical.load(folder / "words"))

    def save(self, folder: Path) -> None:
        """Writes the index into the folder."""
        faiss.write_index(self._vectors, str(folder / "vectors.faiss"))
        self._lexical.save(folder / "words")

    def vectors(self) -> NDArray[np.float32]:
        """Returns the vectors, by row."""
        vectors: NDArray[np.float32] = self._vectors.reconstruct_n(0, self._vectors.ntotal)
        return vectors

    def weights(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Returns how much each word of a query says, compared with the others."""
        return self._lexical.weights(words)

    def nearest(self, row: int, k: int) -> list[int]:
        """Returns the k rows that are nearest in meaning to one, itself included, nearest first."""
        vector = self._vectors.reconstruct(row)
        _, rows = self._vectors.search(vector[None], min(k, self._vectors.ntotal))
        return [int(each) for each in rows[0]]

    def rank(
        self,
        words: Sequence[str],
        vector: NDArray[np.float32],
        k: int,
        favour: NDArray[np.float32] | None = None,
    ) -> list[tuple[int, float]]:
        """Returns at most k rows with their scores in [0, 1], best first.

        A score of 1 has every word of the query and its very meaning. Texts that have nothing
        to do with the query are left out.

        Args:
            words: those of the query, once each.
            vector: the query's, of shape (dim,), L2-normalised.
            k: how many rows at most.
            favour: what the score of each row is multiplied by.
        """
        if not self._vectors.ntotal:
            return []
        shares = self._lexical.scores(words)
        rows = self._candidates(shares, vector, max(k, _CANDIDATES))
        cosines = self._vectors.reconstruct_batch(rows) @ vector
        related = (shares[rows] >= _RELATED_WORDS) | (cosines >= _RELATED_COSINE)
        scores = (shares[rows] + _COSINE_WEIGHT * cosines) / (1 + _COSINE_WEIGHT)
        if favour is not None:
            scores *= favour[rows]
        best = [i for i in np.argsort(-scores, kind="stable") if related[i]][:k]
        return [(int(rows[i]), float(np.clip(scores[i], 0, 1))) for i in best]

    def _candidates(
        self, shares: NDArray[np.float32], vector: NDArray[np.float32], count: int
    ) -> NDArray[np.int64]:
        count = min(count, self._vectors.ntotal)
        faiss.omp_set_num_threads(1)  # of this thread: sharing out one query gains nothing
        _, nearest = self._vectors.search(vector[None], count)
        matching = np.argpartition(-shares, count - 1)[:count]
        return np.union1d(nearest[0], matching[shares[matching] > 0])
