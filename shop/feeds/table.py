"""Reads files of rows and columns: comma, semicolon or tab between the cells."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

Row = tuple[int, dict[str, str] | str]
"""The line where a row begins, and its cells by column, or the reason why it cannot be read."""


def rows(path: Path, required: Sequence[str]) -> Iterator[Row]:
    """Yields the rows below the header, empty ones left out."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        header: list[str] = []
        for line, cells in _records(file):
            if isinstance(cells, str):
                yield line, cells
            elif not any(cells):
                continue
            elif header:
                yield line, _cells(header, cells)
            else:
                header = [cell.strip() for cell in cells]
                missing = [column for column in required if column not in header]
                if missing:
                    yield line, f"has no column {missing[0]!r}"
                    return


def _cells(header: list[str], cells: list[str]) -> dict[str, str] | str:
    if len(cells) > len(header):
        return f"has {len(cells)} cells, the header has {len(header)}"
    return dict(zip(header, cells, strict=False))


def _records(file: TextIO) -> Iterator[tuple[int, list[str] | str]]:
    """Yields each record with the line where it begins: a quoted cell may go over several."""
    reader = csv.reader(file, delimiter=_delimiter(file))
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as err:
            yield line, str(err)


def _delimiter(file: TextIO) -> str:
    """Returns what stands most often in the first line."""
    first = file.readline()
    file.seek(0)
    return max("\t;,", key=first.count)
