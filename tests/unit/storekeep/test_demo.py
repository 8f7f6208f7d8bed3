"""Which homes are demos, and what the gateway is told of them."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from shop.adapters.demo import load_demo
from shop.adapters.memory import MemoryShop
from storekeep.agents import add_agent
from storekeep.demo import is_demo
from storekeep.gateway import config
from storekeep.home import Home
from storekeep.records import DEMO_SHOP
from storekeep.settings import Settings


@pytest.fixture
def settings(tmp_path):
    home = Home(tmp_path / "home")
    home.prepare()
    return Settings(home=home.folder, demo=None, smtp_host=None)


@pytest.fixture
async def shop():
    shop = MemoryShop()
    await load_demo(shop, DEMO_SHOP, lambda: datetime(2026, 5, 4, tzinfo=UTC))
    return shop


async def test_a_home_with_the_demo_shop_is_a_demo(settings, shop):
    """Whoever tries it out sees all of it."""
    assert await is_demo(settings, shop)


async def test_a_shop_with_a_product_of_its_own_is_no_demo(settings, shop):
    """An import is enough, whatever the demo left behind."""
    async with shop.records() as records:
        [product] = await records.catalogue.find([_first_id()])
        await records.catalogue.save([replace(product, id="mine")])
    assert not await is_demo(settings, shop)


async def test_an_empty_shop_is_no_demo(settings):
    """Its owner has yet to say what it is."""
    assert not await is_demo(settings, MemoryShop())


@pytest.mark.parametrize("said", [True, False])
async def test_the_setting_goes_before_what_is_found(settings, shop, said):
    """Nothing is guessed where the shop said it."""
    told = settings.model_copy(update={"demo": said})
    assert await is_demo(told, shop) is said
    assert await is_demo(told, MemoryShop()) is said


def test_only_a_demo_has_agents_whose_passwords_are_printed(settings):
    """Its own agents a shop has in either case; pages and mails are the demo's."""
    home = Home(settings.home)
    add_agent(home, "mia", name="Mia", password="a long password")
    demo, real = (config(settings, home.secrets(), is_demo=each) for each in (True, False))

    assert [agent.login for agent in demo.agents] == ["mia", "anna", "ben"]
    assert [agent.login for agent in real.agents] == ["mia"]
    assert (demo.demo is None, real.demo is None) == (False, True)


def test_an_agent_of_the_shop_goes_before_one_of_the_demo(settings):
    """Neither login nor name comes twice."""
    home = Home(settings.home)
    add_agent(home, "anna", name="Ann", password="a long password")
    add_agent(home, "b", name="Ben", password="a long password")
    told = config(settings, home.secrets(), is_demo=True)
    assert [agent.name for agent in told.agents] == ["Ann", "Ben"]


def _first_id():
    return json.loads((DEMO_SHOP / "products.jsonl").read_text().splitlines()[0])["id"]
