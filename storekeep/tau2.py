"""Takes the shop of tau2-bench's retail domain into an empty home, and writes its state back."""

import asyncio
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock
from rich.console import Console

from shop.adapters.tau2 import Tau2Shop, read, write
from shop.policy import load_policy
from shop.ports import Shop
from storekeep.errors import HomeNotEmpty
from storekeep.home import Home
from storekeep.records import POLICIES, open_shop
from storekeep.settings import Settings


def import_shop(file: Path, policy: str, settings: Settings, console: Console) -> None:
    """Fills a home with the records of a file and the rules of a policy.

    Args:
        file: the domain's `db.json`.
        policy: the name of one that ships, or the path of a policy file; the home gets a copy,
            and one of the `delivery.yml` beside it.
        settings: which home.
        console: gets the outcome.

    Raises:
        HomeNotEmpty: there is a shop already.
        ConfigError: the file or the policy is wrong.
    """
    home = Home(settings.home)
    home.prepare()
    rules = POLICIES.get(policy, Path(policy))
    load_policy(rules)  # before anything is touched
    found = read(file, datetime.now(UTC))
    with FileLock(home.folder / "import.lock"):
        asyncio.run(_fill(settings, found))
        shutil.copyfile(rules, home.policy)
        if (delivery := rules.with_name("delivery.yml")).exists():
            shutil.copyfile(delivery, home.delivery)
    console.print(
        f"Products: {len(found.products):,}. Customers: {len(found.customers):,}. "
        f"Orders: {len(found.orders):,}. Rules: {home.policy}",
        highlight=False,
        soft_wrap=True,
    )


def export_shop(out: Path, settings: Settings) -> None:
    """Writes the whole present state of a home's shop as JSON, whole or not at all."""
    state = asyncio.run(_state(settings))
    draft = out.with_name(f".{out.name}.new")
    draft.write_text(json.dumps(state, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(out)


async def keep(found: Tau2Shop, shop: Shop) -> None:
    """Keeps all records, or none.

    Raises:
        HomeNotEmpty: the shop has products already.
    """
    async with shop.records() as records:
        if await records.catalogue.count():
            raise HomeNotEmpty(
                "This home has a shop already: set STOREKEEP_HOME to a new folder for another one."
            )
        await records.catalogue.save(found.products)
        await records.customers.save(found.customers)
        await records.orders.save(found.orders)


async def _fill(settings: Settings, found: Tau2Shop) -> None:
    async with open_shop(settings) as shop:
        await keep(found, shop)


async def _state(settings: Settings) -> object:
    async with open_shop(settings) as shop:
        return await write(shop)
