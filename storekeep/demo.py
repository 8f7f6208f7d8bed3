"""Whether a home is a demo: only then are there a shop front, and agents whose passwords are printed."""

import json

from shop.ports import Shop
from storekeep.records import DEMO_SHOP
from storekeep.settings import Settings


async def is_demo(settings: Settings, shop: Shop) -> bool:
    """Tells whether the setting says so or, without it, the shop sells the demo's products only."""
    if settings.demo is not None:
        return settings.demo
    lines = (DEMO_SHOP / "products.jsonl").read_text(encoding="utf-8").splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    async with shop.snapshot() as records:
        return await records.catalogue.count() == len(await records.catalogue.find(ids)) == len(ids)
