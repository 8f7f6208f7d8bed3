"""What is there of each variant, before and after."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from shop.model import Product, Variant
from shop.plan import OrderCase, PlannedLine
from shop.refusal import Refusal, Why


def require_stock(lines: Iterable[PlannedLine], case: OrderCase) -> None:
    """Refuses lines that would become more pieces of a variant than there are."""
    wanted: Counter[str] = Counter()
    for line in lines:
        if line.becomes is None:
            continue
        wanted[line.becomes.id] += line.quantity
        left = _variant(case.products[line.product_id], line.becomes.id).stock
        if left < (wanted[line.becomes.id] if case.policy.stock.counted else 1):
            options = [f"{name}: {value}" for name, value in line.becomes.options.items()]
            raise Refusal(Why.OUT_OF_STOCK, title=line.title, options=options, left=left)


def taken(lines: Iterable[PlannedLine]) -> Counter[str]:
    """Returns how many pieces of each variant the lines take from stock."""
    pieces: Counter[str] = Counter()
    for line in lines:
        if line.becomes:
            pieces[line.becomes.id] += line.quantity
    return pieces


def after(pieces: Counter[str], case: OrderCase) -> tuple[Product, ...]:
    """Returns the products whose stock differs once the pieces are taken; negative ones come back."""
    if not case.policy.stock.counted:
        return ()
    left = (_without(product, pieces) for product in case.products.values())
    return tuple(product for product in left if product != case.products[product.id])


def _without(product: Product, pieces: Counter[str]) -> Product:
    variants = (
        replace(variant, stock=variant.stock - pieces[variant.id]) for variant in product.variants
    )
    return replace(product, variants=tuple(variants))


def _variant(product: Product, variant_id: str) -> Variant:
    return next(variant for variant in product.variants if variant.id == variant_id)
