"""Versions of an index: whole, or not there."""

import pytest

from knowledge.errors import IndexMissing
from knowledge.versions import current_version, new_version


def _publish(folder, text):
    with new_version(folder) as draft:
        (draft / "file").write_text(text)


def test_a_version_serves_once_its_block_ends(tmp_path):
    """Until then the one before does."""
    _publish(tmp_path, "one")
    with new_version(tmp_path) as draft:
        (draft / "file").write_text("two")
        assert (current_version(tmp_path) / "file").read_text() == "one"
    assert (current_version(tmp_path) / "file").read_text() == "two"


def test_a_version_that_fails_leaves_nothing(tmp_path):
    """The one before goes on serving and the draft is gone."""
    _publish(tmp_path, "one")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileNotFoundError), new_version(tmp_path) as draft:
        draft.joinpath("no folder", "file").write_text("two")
    assert sorted(tmp_path.iterdir()) == before


def test_only_the_version_before_is_kept(tmp_path):
    """Rebuilding every night does not fill the disk."""
    for text in ("one", "two", "three"):
        _publish(tmp_path, text)
    kept = {(version / "file").read_text() for version in tmp_path.glob("version-*")}
    assert kept == {"two", "three"}


def test_without_a_version_the_remedy_is_named(tmp_path):
    """Before the first build the error says to build."""
    with pytest.raises(IndexMissing, match="storekeep build"):
        current_version(tmp_path)
