"""A folder of index versions with a pointer to the one that serves: whole, or not there.

A new version is written beside the others and the pointer is switched in one atomic step, so
a build that dies changes nothing, and readers never see half of one.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import IndexMissing

_POINTER = "current"
# what json, numpy, bm25s and FAISS raise for files that are missing, cut short or not theirs
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError)


def current_version(folder: Path) -> Path:
    """Returns the version that serves: reading one short file, cheap enough for every search.

    Raises:
        IndexMissing: none was published.
    """
    with readable(folder):
        return folder / (folder / _POINTER).read_text(encoding="utf-8")


@contextmanager
def readable(folder: Path) -> Iterator[None]:
    """Turns the many ways in which files can be unreadable into one.

    Raises:
        IndexMissing: something in the block could not be read.
    """
    try:
        yield
    except _UNREADABLE as err:
        raise IndexMissing(
            f"There is no readable index in {folder}: make it with `storekeep build`."
        ) from err


@contextmanager
def new_version(folder: Path) -> Iterator[Path]:
    """Gives an empty folder that becomes the current version unless the block raises."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="draft-") as name:
        draft = Path(name)
        (draft / "files").mkdir()
        yield draft / "files"
        version = (draft / "files").rename(folder / draft.name.replace("draft", "version"))
        before = _pointed_at(folder)
        (draft / _POINTER).write_text(version.name, encoding="utf-8")
        (draft / _POINTER).replace(folder / _POINTER)
    for old in set(folder.glob("version-*")) - {version, before}:  # one may just be loading
        shutil.rmtree(old, ignore_errors=True)


def _pointed_at(folder: Path) -> Path | None:
    try:
        return current_version(folder)
    except IndexMissing:
        return None
