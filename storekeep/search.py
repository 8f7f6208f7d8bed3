"""Searches the catalogue from the command line, as the assistant does."""

import asyncio
import json
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from knowledge.catalogue import CatalogueIndex, Hit
from knowledge.encoder import Encoder
from shop.model import Product
from shop.prices import lowest, price
from storekeep.artefacts import ENCODER
from storekeep.home import Home
from storekeep.records import open_shop
from storekeep.settings import Settings

Found = Sequence[tuple[Hit, Product]]


def search_command(
    query: str, top: int, settings: Settings, console: Console, *, as_json: bool
) -> None:
    """Prints at most `top` products that match, best first, as a table or as a JSON array.

    Raises:
        KnowledgeError: encoder or index cannot be used; it says what to do.
    """
    found = asyncio.run(_search(query, top, settings))
    if as_json:
        console.print_json(json.dumps([_fields(hit, product) for hit, product in found]))
    else:
        console.print(_table(found) if found else "Nothing was found.")


async def _search(query: str, top: int, settings: Settings) -> Found:
    index = CatalogueIndex.open(Home(settings.home).index, Encoder.load(ENCODER))
    hits = {hit.product_id: hit for hit in index.search(query, top)}
    async with open_shop(settings) as shop, shop.snapshot() as records:
        products = await records.catalogue.find(list(hits))
    return [(hits[product.id], product) for product in products]


def _fields(hit: Hit, product: Product) -> dict[str, object]:
    least = lowest(product)
    return {
        "id": product.id,
        "title": product.title,
        "brand": product.brand,
        "category": product.category,
        "price": {"minor": least.minor, "currency": least.currency},
        "stock": product.stock,
        "link": product.link,
        "score": round(hit.score, 4),
        "fits": hit.fits,
    }


def _table(found: Found) -> Table:
    table = Table("Product", "Price from", "Stock", "Id", "Score", box=None, header_style="dim")
    for hit, product in found:
        amount = price(lowest(product))
        cells = (product.title, amount, str(product.stock), product.id, f"{hit.score:.2f}")
        table.add_row(*map(Text, cells))
    return table
