"""Opens the shop's records as the settings say."""

from contextlib import AbstractAsyncContextManager

from shop.adapters.sql import SqlShop
from shop.policy import load_policy
from storekeep.home import Home
from storekeep.settings import ROOT, Settings

DEMO_SHOP = ROOT / "data" / "shop"
POLICY = DEMO_SHOP / "policy.yml"


def open_shop(settings: Settings) -> AbstractAsyncContextManager[SqlShop]:
    """Returns the shop in PostgreSQL, or in the home's file; leaving the context closes it."""
    url = settings.database_url
    place = url.get_secret_value() if url else str(Home(settings.home).shop_db)
    return SqlShop.open(place, policy=load_policy(POLICY))
