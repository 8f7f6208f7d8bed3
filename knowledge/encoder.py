"""Turns texts into vectors, with nothing but numpy, onnxruntime and tokenizers.

The one module of ours that both environments import: Python 3.10 syntax, numpy 1.22.
`knowledge.export` makes the folder that it loads.
"""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.errors import EncoderMissing

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
SPEC_FILE = "encoder.json"

_BATCH = 32  # more at once is no faster on a CPU, and pads more


class Encoder:
    """A sentence-transformers model as an ONNX graph that pools and normalises by itself.

    Texts that fit one batch take one thread; more are sorted by length and shared out over the
    cores. Safe to use from several threads.
    """

    def __init__(
        self, session: ort.InferenceSession, tokenizer: Tokenizer, spec: dict[str, Any]
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._pad_id: int = spec["pad_id"]
        self.model: str = spec["model"]
        self.dim: int = spec["dim"]
        self.fingerprint: str = spec["sha256"]  # equal for encoders that give equal vectors

    @classmethod
    def load(cls, folder: Path) -> "Encoder":
        """Loads what `knowledge.export.export_encoder` wrote.

        Raises:
            EncoderMissing: the folder holds no whole encoder.
        """
        try:
            spec = json.loads((folder / SPEC_FILE).read_text(encoding="utf-8"))
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            return cls(_open_session(folder / MODEL_FILE), tokenizer, spec)
        except Exception as err:  # both libraries raise bare exceptions for files they cannot read
            raise EncoderMissing(
                f"There is no readable encoder in {folder}: make it with `storekeep build`."
            ) from err

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Returns one L2-normalised vector a text, so that an inner product is a cosine.

        What the model cannot hold of a long text is cut off.

        Returns:
            float32 of shape (len(texts), dim), in the order of the texts.
        """
        tokens = [
            encoding.ids for encoding in self._tokenizer.encode_batch([_valid(t) for t in texts])
        ]
        by_length = sorted(range(len(tokens)), key=lambda row: len(tokens[row]), reverse=True)
        batches = [by_length[start : start + _BATCH] for start in range(0, len(tokens), _BATCH)]
        vectors = np.empty((len(tokens), self.dim), dtype=np.float32)

        def run(rows: Sequence[int]) -> None:
            vectors[rows] = self._run([tokens[row] for row in rows])

        if len(batches) <= 1:
            for rows in batches:
                run(rows)
        else:
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(run, batches))
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        shape = (len(tokens), max(len(ids) for ids in tokens))
        padded = np.full(shape, self._pad_id, dtype=np.int64)
        mask = np.zeros(shape, dtype=np.int64)
        for row, ids in enumerate(tokens):
            padded[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        vectors: NDArray[np.float32]
        (vectors,) = self._session.run(None, {"input_ids": padded, "attention_mask": mask})
        return vectors


def _open_session(model: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return ort.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _valid(text: str) -> str:
    """Returns the text without lone surrogates, which no tokenizer takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
