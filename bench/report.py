"""What every benchmark shares: its options, its progress bars, its table and its JSON."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column, Table

console = Console()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that was measured."""

    bench: str
    case: str  # the system: "storekeep", "bm25", "stock rasa"
    metric: str  # "ndcg@10", "p95_ms"
    value: float


def options(description: str | None, *, needs_data: bool = True) -> argparse.ArgumentParser:
    """Returns a parser with the options of every benchmark, ready for more."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    if needs_data:
        parser.add_argument("--data", type=Path, required=True, help="folder with the data")
    parser.add_argument("--json", type=Path, help="file for the figures, as a JSON array")
    return parser


def progress() -> Progress:
    """Returns a progress bar that counts and estimates; a context manager."""
    return Progress(
        TextColumn("{task.description:24}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=console,
    )


def report(title: str, figures: Sequence[Figure], json_file: Path | None) -> None:
    """Prints the figures as a table, one row a case, and writes them as JSON if asked to."""
    metrics = list(dict.fromkeys(figure.metric for figure in figures))
    values = {(figure.case, figure.metric): figure.value for figure in figures}
    table = Table(Column(no_wrap=True), title=title, title_justify="left", header_style="dim")
    for metric in metrics:
        table.add_column(metric, justify="right", no_wrap=True)
    for case in dict.fromkeys(figure.case for figure in figures):
        table.add_row(case, *(_written(values.get((case, metric))) for metric in metrics))
    console.print(table)
    if json_file:
        rows = [asdict(figure) for figure in figures]
        json_file.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def _written(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if abs(value) <= 1 else f"{value:,.1f}"
