"""Prices and stock as the demo pages write them."""

from shop.model import FEW, Product
from shop.prices import differ, lowest
from shop.prices import price as written


def price(product: Product) -> str:
    """Returns what a product costs: "€64.90", or "from €64.90" where variants differ."""
    amount = written(lowest(product))
    return f"from {amount}" if differ(product) else amount


def stock(pieces: int) -> str:
    """Returns how many pieces there are, as far as a customer cares."""
    if pieces <= 0:
        return "Out of stock"
    return f"Only {pieces} left" if pieces <= FEW else "In stock"
