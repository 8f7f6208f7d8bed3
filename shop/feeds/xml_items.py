"""Reads the items of an RSS or Atom feed one by one.

On expat itself, because it alone tells the exact line of an item in a large file. It loads nothing
from outside; entities that a file declares are refused.
"""

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from shop.feeds.table import Row

_ITEMS = {"item", "entry"}
_CHUNK = 1 << 16


def is_xml(path: Path) -> bool:
    """Tells whether a file begins as XML does."""
    with path.open("rb") as file:
        return file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def items(path: Path) -> Iterator[Row]:
    """Yields each item with the texts of its elements by their names without name space."""
    collector = _Items()
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                collector.parser.Parse(chunk, False)  # noqa: FBT003
                yield from collector.take()
            collector.parser.Parse(b"", True)  # noqa: FBT003
        except expat.ExpatError as err:
            yield from collector.take()
            yield err.lineno, f"is not XML from here on: {expat.ErrorString(err.code)}"
        except _EntityDeclared:
            yield collector.parser.CurrentLineNumber, "declares entities, which no feed needs"
    yield from collector.take()


class _EntityDeclared(Exception):
    """A file that may be meant to fill the memory."""


class _Items:
    """Collects items while the parser walks through the file."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self._done: list[Row] = []
        self._item: dict[str, str] | None = None
        self._line = 0
        self._path: list[str] = []

    def take(self) -> list[Row]:
        """Returns the items completed since the last call."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if self._item is None:
            if local in _ITEMS:
                self._item, self._line = {}, self.parser.CurrentLineNumber
            return
        if not self._path:
            self._item[local] = ""
        self._path.append(local)
        if local == "link" and "href" in attributes:  # Atom's way
            self._item["link"] = attributes["href"]

    def _end(self, _name: str) -> None:
        if self._item is None:
            return
        if self._path:
            self._path.pop()
        else:
            self._done.append((self._line, self._item))
            self._item = None

    def _text(self, data: str) -> None:
        if self._item is not None and len(self._path) == 1:
            self._item[self._path[0]] += data

    def _refuse(self, *_declaration: object) -> None:
        raise _EntityDeclared
