"""The export against torch: same vectors, other models too, never half a folder."""

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast

from knowledge import export
from knowledge.encoder import Encoder
from knowledge.errors import ExportFailed

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def small_model(tmp_path_factory):
    """A sentence-transformers model with random weights, as a path."""
    folder = tmp_path_factory.mktemp("bert")
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary + [f"##{c}" for c in letters]))
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary) + len(letters),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(folder)
    transformer = Transformer(str(folder), max_seq_length=24)
    target = tmp_path_factory.mktemp("model") / "small"
    SentenceTransformer(modules=[transformer, Pooling(transformer.get_embedding_dimension())]).save(
        str(target)
    )
    return target


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
