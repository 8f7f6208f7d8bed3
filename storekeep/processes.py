"""Child processes across restarts: who they were, and how to end them with all they started."""

import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

GRACE_S = 5.0
POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Identity:
    """One process, told apart from a later one with the same number."""

    pid: int
    created: float

    @classmethod
    def of(cls, pid: int) -> "Identity":
        """Returns the identity of a process that runs."""
        return cls(pid, psutil.Process(pid).create_time())

    def process(self) -> psutil.Process | None:
        """Returns the process if it still runs."""
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.created) < 1 and _lives(process):
                return process
        return None


class RunFile:
    """The record of the supervisor and its children in the home, so that the next start can clean up."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._children: dict[str, Identity] = {}

    def add(self, name: str, child: Identity) -> None:
        """Records a child that was started."""
        self._children[name] = child
        self._write()

    def remove(self, name: str) -> None:
        """Forgets a child that has ended."""
        self._children.pop(name, None)
        self._write()

    def begin(self) -> int:
        """Ends what an earlier run left behind, records this one and returns how many there were."""
        left = list(self._read())
        end(left)
        self._write()
        return len(left)

    def finish(self) -> None:
        """Removes the record: nothing runs any more."""
        self._path.unlink(missing_ok=True)

    def _read(self) -> Iterator[psutil.Process]:
        with suppress(FileNotFoundError, ValueError, KeyError, TypeError):
            for child in json.loads(self._path.read_text())["children"].values():
                if process := Identity(**child).process():
                    yield process

    def _write(self) -> None:
        children = {name: asdict(child) for name, child in self._children.items()}
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps({"pid": os.getpid(), "children": children}))
        draft.replace(self._path)


def end(processes: Iterable[psutil.Process], *, grace_s: float = GRACE_S) -> None:
    """Asks processes and all their descendants to end, and kills what is left after `grace_s`."""
    family = [member for process in processes for member in _family(process)]
    for process in family:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    deadline = time.monotonic() + grace_s
    while any(_lives(process) for process in family) and time.monotonic() < deadline:
        time.sleep(POLL_S)
    for process in filter(_lives, family):
        with suppress(psutil.NoSuchProcess):
            process.kill()


def _family(process: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return [process, *process.children(recursive=True)]
    return []


def _lives(process: psutil.Process) -> bool:
    """Whether a process runs; one that nobody has taken notice of since it ended does not."""
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
