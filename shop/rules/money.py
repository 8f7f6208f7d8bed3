"""Who has paid what, where money may go, and what a gift card can bear."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shop.model import ChangeStatus, Customer, Money, Order, Payment, PaymentMethod, Transfer
from shop.plan import Movement, OrderCase
from shop.refusal import Refusal, Why

_UNKNOWN = "other"


def currency(order: Order) -> str:
    """Returns the currency of an order."""
    return order.lines[0].price.currency


def paid(order: Order) -> dict[str, int]:
    """Returns what each method has paid and not got back yet."""
    totals: dict[str, int] = {}
    for payment in order.payments:
        totals[payment.method_id] = totals.get(payment.method_id, 0) + payment.amount.minor
    return {method: minor for method, minor in totals.items() if minor > 0}


def refundable(order: Order) -> dict[str, int]:
    """Returns what each method has paid, without what open returns and exchanges will pay back."""
    left = paid(order)
    spare = 0
    for method, minor in _promised(order).items():
        spare += max(minor - left.get(method, 0), 0)  # goes to a method that paid less, or nothing
        left[method] = max(left.get(method, 0) - minor, 0)
    for method, minor in left.items():
        left[method] = minor - min(spare, minor)
        spare -= min(spare, minor)
    return {method: minor for method, minor in left.items() if minor}


def _promised(order: Order) -> Counter[str]:
    totals: Counter[str] = Counter()
    for change in order.changes:
        if change.status is not ChangeStatus.DONE:
            for transfer in change.transfers:
                totals[transfer.method_id] -= min(transfer.amount.minor, 0)
    return totals


def on_record(method_id: str, customer: Customer) -> PaymentMethod:
    """Returns one of the customer's payment methods."""
    for method in customer.payment_methods:
        if method.id == method_id:
            return method
    raise Refusal(Why.UNKNOWN_PAYMENT_METHOD)


def require_balance(method: PaymentMethod, amount: Money) -> None:
    """Refuses a gift card that cannot bear an amount."""
    if method.balance is not None and method.balance.minor < amount.minor:
        raise Refusal(Why.GIFT_CARD_TOO_LOW, balance=method.balance, needed=amount)


def require_destination(method: PaymentMethod, allowed: Sequence[str], case: OrderCase) -> None:
    """Refuses a method that refunds of this order may not go to."""
    if not _may_receive(method, allowed, case.order):
        methods = case.customer.payment_methods
        possible = [each.id for each in methods if _may_receive(each, allowed, case.order)]
        raise Refusal(Why.REFUND_DESTINATION, possible=possible)


def _may_receive(method: PaymentMethod, allowed: Sequence[str], order: Order) -> bool:
    is_original = "original" in allowed and method.id in paid(order)
    return is_original or "any" in allowed or method.kind in allowed


def movement(
    method_id: str, minor: int, case: OrderCase, *, handling_days: int | None = None
) -> Movement:
    """Returns money that moves over a method: positive from the customer, negative back.

    Args:
        method_id: need not be on record any more.
        minor: how much.
        case: tells the method, and how long a refund takes.
        handling_days: what the shop needs once the goods are there; None if it waits for none.
    """
    known = {method.id: method for method in case.customer.payment_methods}
    method = known.get(method_id) or PaymentMethod(id=method_id, kind=_UNKNOWN)
    days = case.policy.days(method.kind)
    extra = handling_days or 0
    return Movement(
        method_id=method_id,
        kind=method.kind,
        label=method.label,
        amount=Money(minor, currency(case.order)),
        days_at_least=days.at_least if minor < 0 else 0,
        days_at_most=days.at_most + extra if minor < 0 else 0,
        is_after_receipt=handling_days is not None,
    )


def repay(
    minor: int,
    method_id: str,
    allowed: Sequence[str],
    case: OrderCase,
    *,
    handling_days: int | None = None,
) -> tuple[Movement, ...]:
    """Returns where money goes back: to the chosen method, and from there on as it was paid.

    A method that may receive it only because it paid gets no more than it paid, and all together
    no more than was paid.

    Raises:
        Refusal: the chosen method is not on record, or refunds may not go there.
    """
    method = on_record(method_id, case.customer)
    require_destination(method, allowed, case)
    paid_by = refundable(case.order)
    left = min(minor, sum(paid_by.values()))
    is_free = "any" in allowed or method.kind in allowed
    bounds = paid_by | {method_id: left} if is_free else paid_by
    movements = []
    for each in sorted(bounds, key=lambda each: each != method_id):
        part = min(left, bounds[each])
        if part:
            movements.append(movement(each, -part, case, handling_days=handling_days))
        left -= part
    return tuple(movements)


def repay_as_paid(minor: int, case: OrderCase) -> tuple[Movement, ...]:
    """Returns where money goes back: to whatever paid most first, no more than was paid."""
    paid_by = refundable(case.order)
    movements, left = [], minor
    for method_id in sorted(paid_by, key=lambda each: -paid_by[each]):
        part = min(left, paid_by[method_id])
        if part:
            movements.append(movement(method_id, -part, case))
        left -= part
    return tuple(movements)


def payments(movements: Iterable[Movement], case: OrderCase) -> tuple[Payment, ...]:
    """Returns the movements as the order keeps them."""
    return tuple(
        Payment(at=case.now, method_id=each.method_id, amount=each.amount) for each in movements
    )


def transfers(movements: Iterable[Movement]) -> tuple[Transfer, ...]:
    """Returns the movements as a change that waits for goods keeps them."""
    return tuple(Transfer(each.method_id, each.amount) for each in movements)


def settle(customer: Customer, movements: Iterable[Movement]) -> Customer:
    """Returns the customer with the balances of gift cards after the movements."""
    moved: dict[str, int] = {}
    for each in movements:
        moved[each.method_id] = moved.get(each.method_id, 0) + each.amount.minor
    methods = tuple(
        _settled(method, moved.get(method.id, 0)) for method in customer.payment_methods
    )
    return replace(customer, payment_methods=methods)


def _settled(method: PaymentMethod, minor: int) -> PaymentMethod:
    if method.balance is None or not minor:
        return method
    return replace(method, balance=replace(method.balance, minor=method.balance.minor - minor))
