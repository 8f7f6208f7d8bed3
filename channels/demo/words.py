"""Prices and stock as the demo pages write them."""

from decimal import Decimal

from babel.numbers import format_currency, get_currency_precision

from shop.model import Money, Product

FEW = 3


def amount(money: Money) -> str:
    """Returns an amount in English: "€64.90"."""
    value = Decimal(money.minor).scaleb(-get_currency_precision(money.currency))
    return format_currency(value, money.currency, locale="en")


def price(product: Product) -> str:
    """Returns what a product costs: "€64.90", or "from €64.90" where variants differ."""
    prices = [variant.price for variant in product.variants]
    lowest = min(prices, key=lambda each: each.minor)
    return amount(lowest) if len(set(prices)) == 1 else f"from {amount(lowest)}"


def stock(pieces: int) -> str:
    """Returns how many pieces there are, as far as a customer cares."""
    if pieces <= 0:
        return "Out of stock"
    return f"Only {pieces} left" if pieces <= FEW else "In stock"
