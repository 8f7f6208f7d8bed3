"""The export against torch: same vectors, other models too, never half a folder."""

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from knowledge import export
from knowledge.encoder import Encoder
from knowledge.errors import ExportFailed

pytestmark = pytest.mark.integration


def test_any_sentence_transformers_model_can_be_exported(small_model, tmp_path):
    """A model without a normalising layer gives its own vectors, normalised."""
    folder = tmp_path / "encoder"
    export.export_encoder(folder, model=str(small_model))
    texts = ["red socks", "a much longer text than the model can hold " * 5]
    expected = SentenceTransformer(str(small_model)).encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(Encoder.load(folder).encode(texts), expected, atol=1e-5)


def test_an_export_that_fails_leaves_the_old_encoder(small_model, tmp_path, monkeypatch):
    """A graph that disagrees with its original is not put into place."""
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "encoder.json").write_text("old")
    monkeypatch.setattr(export, "_TOLERANCE", -1.0)
    with pytest.raises(ExportFailed, match="another"):
        export.export_encoder(folder, model=str(small_model))
    assert [p.name for p in tmp_path.iterdir()] == ["encoder"]
    assert (folder / "encoder.json").read_text() == "old"


def test_the_packaged_model_is_the_official_one(tmp_path, monkeypatch):
    """Weights with another checksum are refused by name."""
    monkeypatch.setattr(export, "PACKAGED_SHA256", "0" * 64)
    with pytest.raises(ExportFailed, match="not the official"):
        export.export_encoder(tmp_path / "encoder", model=export.PACKAGED_MODEL)


def test_the_packaged_model_knows_what_belongs_together(tmp_path):
    """The shipped encoder puts a paraphrase nearer than another subject."""
    export.export_encoder(tmp_path / "encoder", model=export.PACKAGED_MODEL)
    vectors = Encoder.load(tmp_path / "encoder").encode(
        ["where is my parcel?", "track my delivery", "15 inch laptop"]
    )
    assert vectors[0] @ vectors[1] > 0.4 > vectors[0] @ vectors[2]
