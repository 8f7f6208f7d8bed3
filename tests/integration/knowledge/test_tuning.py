"""Tuning draws sentences of one label together, and apart from all others."""

import numpy as np
import pytest

from knowledge.encoder import Encoder
from knowledge.export import export_encoder
from knowledge.tuning import export_tuned_encoder

pytestmark = pytest.mark.integration

TEXTS = ["red fox", "a fox so red", "blue sea", "the sea is blue", "green hill", "hills so green"]
LABELS = ["fox", "fox", "sea", "sea", "hill", "hill"]


@pytest.fixture(scope="module")
def tuned(small_model, tmp_path_factory):
    """An encoder that learnt the labels."""
    folder = tmp_path_factory.mktemp("tuned") / "encoder"
    export_tuned_encoder(folder, model=str(small_model), texts=TEXTS, labels=LABELS)
    return Encoder.load(folder)


def test_sentences_of_one_label_come_together(tuned, small_model, tmp_path):
    """The distance to other labels is greater than with the encoder as it was."""
    export_encoder(tmp_path / "plain", model=str(small_model))
    assert distance(tuned) > distance(Encoder.load(tmp_path / "plain"))


def test_vectors_show_three_depths_and_are_of_length_one(tuned):
    """Words, and both layers that learn."""
    vectors = tuned.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 3 * 16)
    assert tuned.dim == 3 * 16
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_examples_make_the_same_encoder(tuned, small_model, tmp_path):
    """A build can be repeated."""
    folder = tmp_path / "encoder"
    export_tuned_encoder(folder, model=str(small_model), texts=TEXTS, labels=LABELS)
    np.testing.assert_allclose(Encoder.load(folder).encode(TEXTS), tuned.encode(TEXTS), atol=1e-4)


def distance(encoder: Encoder) -> float:
    """Returns how much more like each other sentences of one label are, in cosines."""
    cosines = encoder.encode(TEXTS) @ encoder.encode(TEXTS).T
    same = np.equal.outer(LABELS, LABELS)
    return float(cosines[same & ~np.eye(len(TEXTS), dtype=bool)].mean() - cosines[~same].mean())
