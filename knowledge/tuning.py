"""Teaches a sentence-transformers model the examples of a shop's intents.

At build time only, for `knowledge.export` writes what comes out. Sentences of one intent are drawn
together and those of others apart (supervised contrastive learning, Khosla et al. 2020), by the
upper layers alone, which is all that a few examples of each intent can teach without harm.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch.nn import functional

from knowledge.export import load_model, replacing, write_encoder

_LAYERS = 2  # the uppermost ones learn
_STEPS = 60
_RATE = 3e-4
_INTENTS = 64  # at most so many in one step
_TEMPERATURE = 0.1
_SLICE = 32  # sentences of like length that go through the model together
_MAX_TOKENS = 40  # what people want stands at the beginning

Batch = tuple[torch.Tensor, torch.Tensor]


def export_tuned_encoder(
    folder: Path, *, model: str, texts: Sequence[str], labels: Sequence[str]
) -> None:
    """Replaces the folder by an encoder that tells these labels apart, whole or not at all.

    Its vectors show a sentence at several depths: its words as the model first sees them, and
    both learning layers. An inner product is the mean of the cosines at the three.

    Args:
        folder: where `Encoder.load` will look.
        model: as in `knowledge.export.export_encoder`.
        texts: examples, as they will be encoded in use.
        labels: what each text is an example of.

    Raises:
        ExportFailed: the weights are not the official ones.
    """
    sentence_model = load_model(model)
    depths = _Depths(sentence_model)
    _tune(depths, _Examples(sentence_model, texts, labels))
    with replacing(folder) as draft:
        write_encoder(draft, depths, sentence_model, name=f"{model}, tuned")


class _Depths(torch.nn.Module):
    """A sentence model whose vectors are the pooled tokens at several depths, side by side."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self._transformer = model[0].get_submodule("auto_model")
        lists = (m for m in self._transformer.modules() if isinstance(m, torch.nn.ModuleList))
        self.learning = max(lists, key=len)[-_LAYERS:]
        self._shown = (0, *range(-_LAYERS, 0))

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        pooled = self._pooled(input_ids, attention_mask, self._shown)
        return functional.normalize(torch.cat(pooled, dim=1), dim=1)

    def top(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Returns the vectors of the uppermost layer alone."""
        (vectors,) = self._pooled(input_ids, attention_mask, (-1,))
        return vectors

    def _pooled(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, depths: Sequence[int]
    ) -> list[torch.Tensor]:
        states = self._transformer(
            input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True
        ).hidden_states
        weights = attention_mask.unsqueeze(-1).to(states[0].dtype)
        return [functional.normalize((states[i] * weights).sum(1), dim=1) for i in depths]


class _Examples:
    """Labelled sentences as tokens, given out as pairs of many labels at a time."""

    def __init__(
        self, model: SentenceTransformer, texts: Sequence[str], labels: Sequence[str]
    ) -> None:
        self._tokens = model.tokenizer(list(texts), truncation=True, max_length=_MAX_TOKENS)
        self._pad = functools.partial(model.tokenizer.pad, return_tensors="pt")
        names, self._labels = np.unique(labels, return_inverse=True)
        groups = [np.flatnonzero(self._labels == label) for label in range(len(names))]
        self._pairable = [group for group in groups if len(group) > 1]
        self._random = np.random.default_rng(0)

    def draw(self) -> tuple[list[Batch], torch.Tensor]:
        """Returns two sentences of each of some labels, in slices of like length, and the labels."""
        chosen = self._random.permutation(len(self._pairable))[:_INTENTS]
        rows = [
            row
            for group in chosen
            for row in self._random.choice(self._pairable[group], 2, replace=False)
        ]
        rows.sort(key=lambda row: len(self._tokens["input_ids"][row]))
        slices = [rows[start : start + _SLICE] for start in range(0, len(rows), _SLICE)]
        return [self._batch(each) for each in slices], torch.from_numpy(self._labels[rows])

    def _batch(self, rows: Sequence[int]) -> Batch:
        ids = self._pad({"input_ids": [self._tokens["input_ids"][row] for row in rows]})
        return ids["input_ids"], ids["attention_mask"]


def _tune(depths: _Depths, examples: _Examples) -> None:
    torch.manual_seed(0)
    depths.requires_grad_(requires_grad=False)
    depths.learning.requires_grad_(requires_grad=True).train()
    learned = list(depths.learning.parameters())
    optimizer = torch.optim.AdamW(learned, lr=_RATE)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, _RATE, total_steps=_STEPS, pct_start=0.1)
    for _ in range(_STEPS):
        batches, labels = examples.draw()
        optimizer.zero_grad()
        _contrast(torch.cat([depths.top(*batch) for batch in batches]), labels).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        pace.step()


def _contrast(vectors: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Returns how far sentences of one label are from being nearer than all others, as a mean."""
    itself = torch.eye(len(vectors), dtype=torch.bool)
    partner = (labels[:, None] == labels) & ~itself
    closeness = (vectors @ vectors.T / _TEMPERATURE).masked_fill(itself, float("-inf"))
    return functional.cross_entropy(closeness, partner.int().argmax(1))
