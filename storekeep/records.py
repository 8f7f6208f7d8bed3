"""Opens the shop's records as the settings say."""

from contextlib import AbstractAsyncContextManager

from shop.adapters.sql import SqlShop
from shop.policy import load_policy
from storekeep.home import Home
from storekeep.settings import ROOT, Settings

DEMO_SHOP = ROOT / "data" / "shop"
POLICIES = {  # those that ship, by name
    "demo": DEMO_SHOP / "policy.yml",
    "tau2": ROOT / "data" / "tau2" / "policy.yml",
}


def open_shop(settings: Settings) -> AbstractAsyncContextManager[SqlShop]:
    """Returns the shop in PostgreSQL, or in the home's file; leaving the context closes it.

    Its rules are those in the home's policy file, or the demo shop's.
    """
    home, url = Home(settings.home), settings.database_url
    place = url.get_secret_value() if url else str(home.shop_db)
    own = home.policy
    return SqlShop.open(place, policy=load_policy(own if own.exists() else POLICIES["demo"]))
