"""The output of a child process: kept in a log file that cannot fill the disk, errors also shown."""

import asyncio
import json
import logging
import re
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

LINE_LIMIT = 2**20
FILE_BYTES = 10_000_000
OLD_FILES = 3

_ALARM = re.compile(r"\b(ERROR|CRITICAL)\b")


class ChildLog:
    """One child's log file."""

    def __init__(self, name: str, folder: Path, say: Callable[[str], None]) -> None:
        self._name = name
        self._say = say
        self._file = _Rotating(
            folder / f"{name}.log", maxBytes=FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8"
        )

    async def keep(self, output: asyncio.StreamReader | None) -> None:
        """Keeps each line until the output ends."""
        while output and (line := await _next_line(output)):
            self._keep_line(line.decode(errors="replace").rstrip())

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _keep_line(self, line: str) -> None:
        self._file.emit(logging.makeLogRecord({"msg": line}))
        if alarm := alarm_in(line):
            self._say(f"{self._name}: {alarm}")


def alarm_in(line: str) -> str | None:
    """Returns what an operator should see of a log line, or None when it is not an error."""
    try:
        entry = json.loads(line)
    except ValueError:
        return line if _ALARM.search(line) else None
    if not isinstance(entry, dict) or entry.get("level") not in ("error", "critical"):
        return None
    details = (f"{key}={entry[key]}" for key in ("code", "error", "request_id") if key in entry)
    return " ".join((str(entry.get("event", "error")), *details))


def last_line(path: Path) -> str:
    """Returns what a child said last; nothing if it never spoke."""
    lines = path.read_text(errors="replace").split("\n") if path.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


class _Rotating(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Drops the line: a full disk must not stop the shop from answering."""


async def _next_line(output: asyncio.StreamReader) -> bytes:
    try:
        return await output.readline()
    except ValueError:  # longer than the stream's limit
        return b"(a very long line was left out)\n"
