"""Tells how the trained assistant understands lines of text, as JSON lines, without starting Rasa.

`python -m bot.parse < lines.txt`. Each object has `text`, `intent` (the best one), `confidence`,
`in_scope` (how surely it is about anything that the bot does), `accepted` (whether the bot would
act on it without asking back), `ranking`, `margin` (how far the best answer is ahead of the next)
and `entities`.
"""

import json
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any, Dict, List, Tuple

import numpy as np

from bot import settings
from bot.entities import find_entities
from bot.free_text import neutralise
from bot.intents import OUT_OF_SCOPE, IntentModel, Thresholds, Vectors
from bot.sentences import sentence_vectors
from knowledge.encoder import Encoder


class Parser:
    """The understanding part of a trained model."""

    def __init__(self, encoder: Encoder, intents: IntentModel) -> None:
        self._encoder = encoder
        self._intents = intents

    @classmethod
    def load(cls, model: Path, encoder: Encoder) -> "Parser":
        """Reads the intents out of a model that `bot.train` made."""
        with tempfile.TemporaryDirectory() as folder, tarfile.open(model) as archive:
            archive.extractall(folder, filter="data")
            (spec,) = Path(folder).glob(f"components/*/{IntentModel.SPEC_FILE}")
            return cls(encoder, IntentModel.load(spec.parent))

    def parse(self, text: str) -> Dict[str, Any]:
        """Returns how one message is understood."""
        understanding = self._intents.understand(self._vector(text))
        intent, confidence = understanding.ranking[0]
        return {
            "text": text,
            "intent": intent,
            "confidence": round(confidence, 4),
            "in_scope": round(understanding.in_scope, 4),
            "accepted": understanding.is_accepted and intent != OUT_OF_SCOPE,
            "ranking": [
                {"intent": name, "confidence": round(value, 4)}
                for name, value in understanding.ranking
            ],
            "margin": round(understanding.margin, 4),
            "entities": find_entities(text),
        }

    def nearest(self, text: str, count: int) -> List[Tuple[str, str, float]]:
        """Returns the training lines most like a text: line, intent, cosine; best first."""
        return self._intents.nearest(self._vector(text), count)

    @property
    def thresholds(self) -> Thresholds:
        """When the bot acts on what it understood."""
        return self._intents.thresholds

    def _vector(self, text: str) -> Vectors:
        return np.asarray(sentence_vectors([neutralise(text)], self._encoder)[0])


def main() -> None:
    """Parses standard input line by line, as it comes."""
    parser = Parser.load(settings.model_file(), Encoder.load(settings.encoder_folder()))
    for line in sys.stdin:
        print(json.dumps(parser.parse(line.rstrip("\n")), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
