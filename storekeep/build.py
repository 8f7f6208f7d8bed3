"""Builds what is missing or out of date, each artefact once, with its progress on the terminal."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Report = Callable[[int, int], None]
"""Tells how much of a step is done: so many of so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One artefact, what it is made of, and how."""

    title: str
    target: Path  # a file or folder that exists once it is built
    stamp: Path  # keeps the seal of the last whole build
    key: str  # changes whenever the artefact would
    make: Callable[[Report], None]
    is_final: bool = False  # nobody writes to it once it is built: a change is damage

    @property
    def is_fresh(self) -> bool:
        """Whether the artefact is there, undamaged, and was made of what is there now."""
        return (
            self.target.exists() and self.stamp.exists() and self.stamp.read_text() == self.seal()
        )

    def seal(self) -> str:
        """Returns what the artefact was made of and, where it is final, what it holds."""
        return fingerprint(self.key, files=_files(self.target) if self.is_final else ())


def build(steps: Sequence[Step], *, lock: Path, console: Console) -> None:
    """Makes the artefacts that are not fresh, in order; a second build waits for the first."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        stale = [step for step in steps if not step.is_fresh]
        if not stale:
            return
        with _progress(console) as progress:
            for step in stale:
                _make(step, progress)


def fingerprint(*parts: str, files: Iterable[Path] = ()) -> str:
    """Returns a text that differs whenever a part, a file's name or its content differs."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\0")
    for path in sorted(files):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(target: Path) -> Iterable[Path]:
    return (path for path in (target, *target.rglob("*")) if path.is_file())


def _make(step: Step, progress: Progress) -> None:
    task = progress.add_task(step.title, total=None)

    def report(done: int, total: int) -> None:
        progress.update(task, completed=done, total=total)

    step.stamp.unlink(missing_ok=True)
    step.make(report)
    step.stamp.write_text(step.seal())
    progress.update(task, completed=1, total=1)


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=console,
    )
