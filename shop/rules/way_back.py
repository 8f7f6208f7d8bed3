"""Who pays for sending goods back to the shop."""

from shop.action_rules import WayBack
from shop.model import Order
from shop.plan import Payer


def payer(rules: WayBack | None, order: Order, reason: str = "") -> Payer | None:
    """Returns who pays, by the reason first and the country then; None if the policy leaves it open."""
    if rules is None:
        return None
    if reason in rules.shop_pays_for:
        return "shop"
    is_customer = rules.customer_pays or order.address.country in rules.customer_pays_from
    return "customer" if is_customer else "shop"
