"""A sentence model small enough to be trained in a test."""

from pathlib import Path

import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from transformers import BertConfig, BertModel, BertTokenizerFast


@pytest.fixture(scope="session")
def small_model(tmp_path_factory) -> Path:
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
