"""Pieces that become another option of the same product: what they turn into, and the difference."""

from collections.abc import Sequence

from shop.action_rules import SwapRules
from shop.commands import Swap
from shop.model import Money, OrderLine
from shop.plan import Movement, OrderCase, PlannedLine, PlannedVariant
from shop.refusal import Refusal, Why
from shop.rules import money, pieces, stock


def swapped(swaps: Sequence[Swap], case: OrderCase) -> tuple[PlannedLine, ...]:
    """Returns the pieces with what they become, which is there in that number."""
    if not swaps:
        raise Refusal(Why.NOTHING_CHOSEN)
    chosen = pieces.choose(((swap.line_id, swap.quantity) for swap in swaps), case.order)
    lines = tuple(
        _swapped(line, quantity, swap.variant_id, case)
        for (line, quantity), swap in zip(chosen, swaps, strict=True)
    )
    stock.require_stock(lines, case)
    return lines


def difference(lines: Sequence[PlannedLine], case: OrderCase) -> Money:
    """Returns what the customer pays for the swap; negative if it goes back."""
    minor = sum(
        (line.becomes.price.minor - line.price.minor) * line.quantity
        for line in lines
        if line.becomes
    )
    return Money(minor, money.currency(case.order))


def settlement(
    amount: Money,
    payment_method: str,
    rules: SwapRules,
    case: OrderCase,
    *,
    handling_days: int | None = None,
) -> tuple[Movement, ...]:
    """Returns how a difference is settled, by a method that can bear it or may receive it."""
    method = money.on_record(payment_method, case.customer)
    if amount.minor < 0:
        return money.repay(
            -amount.minor, method.id, rules.refund_to, case, handling_days=handling_days
        )
    money.require_balance(method, amount)
    return (money.movement(method.id, amount.minor, case, handling_days=handling_days),)


def _swapped(line: OrderLine, quantity: int, variant_id: str, case: OrderCase) -> PlannedLine:
    product = case.products.get(line.product_id)
    variants = {variant.id: variant for variant in product.variants} if product else {}
    if variant_id not in variants:
        raise Refusal(Why.NOT_AN_OPTION, title=line.title)
    if variant_id == line.variant_id:
        raise Refusal(Why.SAME_OPTION, title=line.title)
    variant = variants[variant_id]
    if variant.price.currency != line.price.currency:
        raise Refusal(Why.OTHER_CURRENCY)
    becomes = PlannedVariant(id=variant.id, options=variant.options, price=variant.price)
    return pieces.planned(line, quantity, becomes)
