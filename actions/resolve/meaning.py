"""How near texts are in meaning, remembering what was encoded."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

_REMEMBERED = 20_000  # 30 MB at 384 dimensions


class Encoder(Protocol):
    """Turns texts into vectors. `knowledge.encoder.Encoder` is one."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Returns one L2-normalised vector a text."""
        ...


class Meaning:
    """An encoder that encodes no text twice. Safe to use from several threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def likeness(self, text: str, others: Sequence[str]) -> list[float]:
        """Returns the cosine of a text to each of the others."""
        if not others:
            return []
        vectors = self._encode([text, *others])
        return [float(vector @ vectors[0]) for vector in vectors[1:]]

    def remember(self, texts: Sequence[str]) -> None:
        """Encodes texts that are about to be compared, which is faster together than one by one."""
        self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        with self._lock:
            found = {text: self._vectors[text] for text in texts if text in self._vectors}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found.update(zip(new, self._encoder.encode(new), strict=True))
            self._keep({text: found[text] for text in new})
        return [found[text] for text in texts]

    def _keep(self, vectors: dict[str, NDArray[np.float32]]) -> None:
        with self._lock:
            self._vectors.update(vectors)
            while len(self._vectors) > _REMEMBERED:
                self._vectors.popitem(last=False)
