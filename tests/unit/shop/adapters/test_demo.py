"""The demo shop's files fill a shop, or are refused with the line that is wrong."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shop.adapters.demo import load_demo
from shop.adapters.memory import MemoryShop
from shop.errors import ConfigError

DEMO = Path(__file__).parents[4] / "data/shop"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one line of each file of the demo shop."""
    for name in ("products", "customers", "orders"):
        lines = (DEMO / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
        (tmp_path / f"{name}.jsonl").write_text(lines[0] + "\n", encoding="utf-8")
    return tmp_path


async def test_the_demo_shop_loads(noon):
    """Ada's order of the README is there, shipped, with her postcode."""
    shop = MemoryShop()
    await load_demo(shop, DEMO, lambda: noon)
    async with shop.snapshot() as records:
        order = await records.orders.find("SK-1001")
        customer = await records.customers.find(order.customer_id)
    assert customer.email == "ada@example.com"
    assert order.address.postcode == "10115"
    assert order.status == "shipped"


async def test_times_are_relative_to_now(noon, folder: Path):
    """Loading a day later makes everything a day later."""
    found = []
    for now in (noon, noon + timedelta(days=1)):
        shop = MemoryShop()
        await load_demo(shop, folder, lambda now=now: now)
        async with shop.snapshot() as records:
            found.append(await records.orders.find("SK-1001"))
    today, tomorrow = found
    assert today.placed_at + timedelta(days=1) == tomorrow.placed_at
    assert today.parcels[0].events[0].at + timedelta(days=1) == tomorrow.parcels[0].events[0].at
    assert replace(today, placed_at=noon, parcels=(), payments=(), promised_at=None) == replace(
        tomorrow, placed_at=noon, parcels=(), payments=(), promised_at=None
    )


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        ("{", "orders.jsonl:2: Expecting property name"),
        ("", "orders.jsonl:2: Expecting value"),
        ("{}", "orders.jsonl:2: number: Field required"),
        ('{"placed_at": "last week"}', "orders.jsonl:2: "),
        ("[]", "orders.jsonl:2: "),
    ],
)
async def test_a_wrong_line_is_named_and_nothing_is_kept(noon, folder: Path, spoil, fault):
    """One fault leaves the shop as it was."""
    path = folder / "orders.jsonl"
    path.write_text(f"{path.read_text(encoding='utf-8')}{spoil}\n", encoding="utf-8")
    shop = MemoryShop()
    with pytest.raises(ConfigError) as raised:
        await load_demo(shop, folder, lambda: noon)
    assert fault in str(raised.value)
    async with shop.snapshot() as records:
        assert await records.catalogue.count() == 0


async def test_a_wrong_field_is_named(noon, folder: Path):
    """The path to the field stands in the error."""
    path = folder / "orders.jsonl"
    order = json.loads(path.read_text(encoding="utf-8"))
    order["lines"][0]["price"]["minor"] = "cheap"
    path.write_text(json.dumps(order), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"orders\.jsonl:1: lines\.0\.price\.minor: "):
        await load_demo(MemoryShop(), folder, lambda: noon)


async def test_a_missing_file_is_named(noon, folder: Path):
    """A folder that is no demo shop is refused."""
    (folder / "customers.jsonl").unlink()
    with pytest.raises(ConfigError, match=r"customers\.jsonl: cannot be read"):
        await load_demo(MemoryShop(), folder, lambda: noon)
