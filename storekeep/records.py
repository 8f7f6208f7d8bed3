"""Opens the shop's records as the settings say."""

from contextlib import AbstractAsyncContextManager

from shop.adapters.sql import SqlShop
from shop.delivery_terms import load_delivery_terms
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

    Its rules and how it delivers stand in the home's own files, or are the demo shop's.
    """
    home, url = Home(settings.home), settings.database_url
    place = url.get_secret_value() if url else str(home.shop_db)
    policy = home.policy if home.policy.exists() else POLICIES["demo"]
    delivery = home.delivery if home.delivery.exists() else DEMO_SHOP / "delivery.yml"
    return SqlShop.open(place, policy=load_policy(policy), delivery=load_delivery_terms(delivery))
