"""Takes catalogues into the shop: its records and its search index, together or not at all."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from filelock import FileLock
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from knowledge.catalogue import new_catalogue_index
from knowledge.encoder import Encoder
from knowledge.vocabulary import Vocabulary, load_vocabulary
from shop.errors import ConfigError
from shop.feeds import FORMATS, BadRow, FeedMap, load_map, read
from shop.model import Product
from shop.ports import Records, Shop
from storekeep.artefacts import ENCODER, VOCABULARY
from storekeep.home import Home
from storekeep.records import open_shop
from storekeep.settings import Settings

_BATCH = 500  # products written between two reports of progress


def import_products(
    files: Sequence[Path],
    file_format: str,
    feed_map: Path | None,
    settings: Settings,
    console: Console,
) -> int:
    """Takes every good product of the files into the shop; those it has already stay.

    The index is built beside the one that serves; then the records are kept in one transaction
    and the index is switched. Whatever fails before leaves the catalogue as it was.

    Args:
        files: what to read.
        file_format: a key of `shop.feeds.FORMATS`.
        feed_map: a file that says what the feed does not.
        settings: which shop.
        console: gets the progress, each bad row with its file and line, and the outcome.

    Returns:
        The exit code: 0 if all rows were good, 1 otherwise.
    """
    if file_format not in FORMATS:
        raise ConfigError(f"there is no format {file_format!r}: choose one of {', '.join(FORMATS)}")
    home = Home(settings.home)
    home.prepare()
    rows = read(files, file_format, load_map(feed_map) if feed_map else FeedMap())
    with FileLock(home.folder / "import.lock"), _progress(console) as progress:
        encoder, vocabulary = Encoder.load(ENCODER), load_vocabulary(VOCABULARY)
        products, bad = _read(rows, progress)
        taking = _take(products, settings, encoder, vocabulary, progress)
        changed = asyncio.run(taking)
    console.print(_outcome(len(products), changed, bad), highlight=False)
    return 1 if bad else 0


async def _take(
    products: Sequence[Product],
    settings: Settings,
    encoder: Encoder,
    vocabulary: Vocabulary,
    progress: Progress,
) -> int:
    """Returns how many of the products are new to the shop or differ from what it had."""
    if not products:
        return 0
    async with open_shop(settings) as shop:
        catalogue = await _with_those_before(products, shop)
        indexing = progress.add_task("Indexing", total=len(catalogue))
        saving = progress.add_task("Keeping", total=len(products), start=False)
        with new_catalogue_index(
            Home(settings.home).index,
            catalogue,
            encoder,
            lambda count: progress.advance(indexing, count),
            vocabulary=vocabulary,
        ):
            progress.start_task(saving)
            async with shop.records() as records:
                return await _save(products, records, lambda count: progress.advance(saving, count))


async def _save(
    products: Sequence[Product], records: Records, on_progress: Callable[[int], None]
) -> int:
    """Returns how many differed from what was kept; counts what is written, not what is queued."""
    changed = 0
    for start in range(0, len(products), _BATCH):
        batch = products[start : start + _BATCH]
        changed += await records.catalogue.save(batch)
        on_progress(len(batch))
    return changed


async def _with_those_before(products: Iterable[Product], shop: Shop) -> list[Product]:
    async with shop.snapshot() as records:
        before = {product.id: product async for product in records.catalogue.all()}
    return list((before | {product.id: product for product in products}).values())


def _read(rows: Iterable[Product | BadRow], progress: Progress) -> tuple[list[Product], int]:
    """Returns the products and the number of rows that are none, which are printed."""
    reading = progress.add_task("Reading", total=None)
    products, bad = [], 0
    for row in rows:
        if isinstance(row, BadRow):
            progress.console.print(f"[red]{escape(str(row))}", highlight=False, soft_wrap=True)
            bad += 1
        else:
            products.append(row)
        progress.advance(reading)
    progress.update(reading, total=len(products) + bad)
    return products, bad


def _outcome(products: int, changed: int, bad: int) -> str:
    if changed:
        kept = f"New or changed products: {changed:,}. Unchanged: {products - changed:,}."
    elif products:
        kept = f"Nothing changed: the shop had all {products:,} products before."
    else:
        kept = "Nothing changed: no row is a product."
    return f"{kept} Bad rows: {bad:,}." if bad else kept


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:8}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        _Speed(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=console,
    )


class _Speed(ProgressColumn):
    """Rows per second since the task began."""

    def render(self, task: Task) -> Text:
        seconds = task.finished_time or task.elapsed
        return Text(f"{task.completed / seconds:,.0f} rows/s" if seconds else "", style="dim")
