"""The policy index: one answer for each section."""

import pytest

from knowledge.errors import IndexMismatch, IndexMissing
from knowledge.policies import PolicyIndex, build_policy_index

PAGE = """# Returns

For readers only.

## How long can I return an item?
You have 30 days.

It counts from the delivery.

## Who pays?
We do.

## Empty
"""


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "returns.md").write_text(PAGE)
    return folder


def test_the_section_that_answers_comes_first(tmp_path, pages, encoder):
    """With its title, its whole text and the page it stands on."""
    build_policy_index(tmp_path / "index", pages, encoder)
    best = PolicyIndex.open(tmp_path / "index", encoder).best("how long can I return it?")[0]
    assert best.title == "How long can I return an item?"
    assert best.text == "You have 30 days.\n\nIt counts from the delivery."
    assert best.source == "returns.md"
    assert 0 < best.score <= 1


def test_what_no_section_is_about_finds_none(tmp_path, pages, encoder):
    """The weather is no policy; neither is a heading without a text."""
    build_policy_index(tmp_path / "index", pages, encoder)
    index = PolicyIndex.open(tmp_path / "index", encoder)
    assert [index.best(question) for question in ("weather", "empty", "readers", "")] == [[]] * 4


def test_a_shop_without_policies_answers_nothing(tmp_path, encoder):
    """An empty folder of pages makes an empty index."""
    build_policy_index(tmp_path / "index", tmp_path, encoder)
    assert PolicyIndex.open(tmp_path / "index", encoder).best("returns") == []


def test_without_an_index_the_remedy_is_named(tmp_path, encoder):
    """Before the first build the error says to build."""
    with pytest.raises(IndexMissing, match="storekeep build"):
        PolicyIndex.open(tmp_path, encoder)


def test_the_index_of_another_encoder_is_refused(tmp_path, pages, encoder, another_encoder):
    """Its vectors would mean nothing."""
    build_policy_index(tmp_path / "index", pages, encoder)
    with pytest.raises(IndexMismatch, match="storekeep build"):
        PolicyIndex.open(tmp_path / "index", another_encoder)
