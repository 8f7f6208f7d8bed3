"""Turns messages into the vectors that intents are told by, the same in training and in use."""

from pathlib import Path
from typing import Iterable, List, Sequence, Tuple

import numpy as np
import yaml
from numpy.typing import NDArray

from bot.entities import mask
from knowledge.encoder import Encoder

_READ = 1000  # characters; what people want stands at the beginning


def sentence_vectors(texts: Sequence[str], encoder: Encoder) -> NDArray[np.float32]:
    """Returns one L2-normalised vector a text; zeros for a text without letters and digits."""
    vectors = encoder.encode([as_read(text) for text in texts])
    is_readable = [any(map(str.isalnum, text[:_READ])) for text in texts]
    return np.asarray(vectors * np.array(is_readable, dtype=np.float32)[:, None])


def as_read(text: str) -> str:
    """Returns what of a text is read: its beginning, with kinds in place of addresses."""
    return mask(text[:_READ])


def names_as_examples(intents: Iterable[str]) -> List[Tuple[str, str]]:
    """Returns the name of each intent in words, with the intent: one more example of it."""
    return [(name.replace("_", " "), name) for name in sorted(set(intents))]


def read_examples(folder: Path) -> List[Tuple[str, str]]:
    """Returns the examples in Rasa's training files of a folder, each with its intent."""
    blocks = (
        block
        for file in sorted(folder.glob("*.yml"))
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]
        if "intent" in block
    )
    return [
        (line.strip()[2:], block["intent"])
        for block in blocks
        for line in block["examples"].splitlines()
        if line.strip()
    ]
