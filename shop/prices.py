"""Amounts of money as people write them, and what a product costs."""

from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision

from shop.model import Money, Product

_DEFAULT_LOCALE = "en"


def major(amount: Money) -> Decimal:
    """Returns an amount in whole units of its currency: 24.90 for 2490 cents."""
    return Decimal(amount.minor).scaleb(-get_currency_precision(amount.currency))


def price(amount: Money, locale: str = _DEFAULT_LOCALE) -> str:
    """Returns an amount as people of a locale write it: "€24.90"."""
    return format_currency(major(amount), amount.currency, locale=known_locale(locale))


def lowest(product: Product) -> Money:
    """Returns the least that a variant of the product costs."""
    return min((variant.price for variant in product.variants), key=lambda each: each.minor)


def differ(product: Product) -> bool:
    """Tells whether the variants of a product have different prices."""
    return len({variant.price for variant in product.variants}) > 1


def known_locale(locale: str) -> Locale:
    """Returns the locale, or the English one where it is unknown."""
    try:
        return Locale.parse(locale, sep="-" if "-" in locale else "_")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_DEFAULT_LOCALE)
