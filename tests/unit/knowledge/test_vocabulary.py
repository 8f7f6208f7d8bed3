"""The vocabulary file."""

import pytest

from knowledge.vocabulary import Vocabulary, load_vocabulary
from shop.errors import ConfigError


def test_the_shipped_vocabulary_is_right(pytestconfig):
    """It loads, and says that a laptop is a notebook and a bag an accessory."""
    vocabulary = load_vocabulary(pytestconfig.rootpath / "data" / "shop" / "vocabulary.yml")
    assert ["laptop", "notebook"] in vocabulary.synonyms
    assert "bag" in vocabulary.accessories


def test_an_empty_file_is_a_vocabulary(tmp_path):
    """A shop may do without."""
    (tmp_path / "v.yml").write_text("")
    assert load_vocabulary(tmp_path / "v.yml") == Vocabulary()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("synonyms:\n  - [a, b]\n  - [c]\n", r"v.yml:3: synonyms.1"),
        ("accessories:\n  - bag\n  - '!'\n", r"v.yml:3: accessories.1"),
        ("synonyms: [[tee, shirt], [Tee, top]]\n", "'tee' stands in two groups"),
        ("synonym: []\n", r"v.yml:1: synonym"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, text, fault):
    """As in the shop's policy."""
    (tmp_path / "v.yml").write_text(text)
    with pytest.raises(ConfigError, match=fault):
        load_vocabulary(tmp_path / "v.yml")
