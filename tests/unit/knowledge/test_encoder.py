"""The encoder's own work: tokens in, vectors out, in order, whatever the text is."""

import json

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from knowledge.encoder import Encoder
from knowledge.errors import EncoderMissing

WORDS = ("[PAD]", "[UNK]", "red", "blue", "socks")


@pytest.fixture
def folder(tmp_path):
    """An encoder folder whose model counts each text's known words, then normalises."""
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(WORDS)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.enable_truncation(8)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    table = np.eye(len(WORDS), dtype=np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["attention_mask"], ["kept"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["kept", "last"], ["weights"]),
        helper.make_node("Mul", ["rows", "weights"], ["weighted"]),
        helper.make_node("ReduceSum", ["weighted", "tokens"], ["sums"], keepdims=0),
        helper.make_node("LpNormalization", ["sums"], ["vectors"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "counter",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"])
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", len(WORDS)])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "tokens"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, tmp_path / "model.onnx")
    spec = {"model": "counter", "dim": len(WORDS), "max_length": 8, "pad_id": 0, "sha256": "x"}
    (tmp_path / "encoder.json").write_text(json.dumps(spec))
    return tmp_path


def test_a_text_has_the_same_vector_alone_and_among_others(folder):
    """Sorting by length and padding change neither the order nor the values."""
    encoder = Encoder.load(folder)
    texts = [" ".join(WORDS[2 + (i + j) % 3] for j in range(1 + i % 7)) for i in range(100)]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_vectors_are_normalised_float32(folder):
    """An inner product of two vectors is a cosine."""
    vectors = Encoder.load(folder).encode(["red red socks", "blue"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_texts_have_no_vectors(folder):
    """Nothing in, nothing out, with the right width."""
    assert Encoder.load(folder).encode([]).shape == (0, len(WORDS))


def test_a_text_that_is_not_valid_unicode_is_encoded(folder):
    """Half an emoji, as JSON can carry it, does not stop anything."""
    encoder = Encoder.load(folder)
    np.testing.assert_array_equal(encoder.encode(["red \ud83d"]), encoder.encode(["red ?"]))


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "encoder.json"])
def test_a_broken_file_is_named_with_its_remedy(folder, name):
    """A half-written file says what to do, whichever it is."""
    (folder / name).write_bytes(b"{")
    with pytest.raises(EncoderMissing, match="storekeep build"):
        Encoder.load(folder)


def test_a_missing_folder_is_named_with_its_remedy(tmp_path):
    """Before the first build the error says to build."""
    with pytest.raises(EncoderMissing, match=str(tmp_path)):
        Encoder.load(tmp_path / "none")
