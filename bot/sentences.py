"""Turns messages into the vectors that intents are told by, the same in training and in use."""

from typing import Iterable, List, Sequence, Tuple

import numpy as np
from numpy.typing import NDArray

from bot.entities import mask
from knowledge.encoder import Encoder

_READ = 1000  # characters; what people want stands at the beginning


def sentence_vectors(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """Returns one L2-normalised vector a text; zeros for a text without letters and digits."""
    vectors = encoder.encode([mask(text[:_READ]) for text in texts])
    is_readable = [any(map(str.isalnum, text[:_READ])) for text in texts]
    return np.asarray(vectors * np.array(is_readable, dtype=np.float32)[:, None])


def names_as_examples(intents: Iterable[str]) -> List[Tuple[str, str]]:
    """Returns the name of each intent in words, with the intent: one more example of it."""
    return [(name.replace("_", " "), name) for name in sorted(set(intents))]
