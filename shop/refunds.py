"""Where a customer's money is: what was paid back, and what waits for goods."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from shop.model import ChangeStatus, Customer, Money, Order, PaymentMethod, Transfer
from shop.orders import order_of
from shop.policy import Policy
from shop.ports import Clock, Shop

_SATURDAY = 5


class RefundState(StrEnum):
    """How far a refund has come."""

    AWAITING_GOODS = "awaiting-goods"
    GOODS_RECEIVED = "goods-received"
    PAID = "paid"


_TO_COME = {
    ChangeStatus.REQUESTED: RefundState.AWAITING_GOODS,
    ChangeStatus.RECEIVED: RefundState.GOODS_RECEIVED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money on its way back, as a positive amount."""

    state: RefundState
    amount: Money
    method_id: str
    kind: str
    label: str
    since: datetime
    reference: str = ""  # of the change that it comes from
    there_from: date | None = None  # once paid: when it shows, in working days from then
    there_by: date | None = None

    def is_late(self, today: date) -> bool:
        """Tells whether it should have shown by now."""
        return self.there_by is not None and self.there_by < today


async def track_refunds(
    number: str, *, conversation: str, shop: Shop, clock: Clock
) -> tuple[Refund, ...]:
    """Returns the refunds of an order, those that are still to come last.

    Raises:
        OrderNotFound: the text holds no order number.
        IdentityRequired: not shown for this order, whether or not it exists.
    """
    async with shop.snapshot() as records:
        order = await order_of(
            number,
            conversation=conversation,
            level=shop.policy.reads.order,
            records=records,
            shop=shop,
            clock=clock,
        )
        customer = await records.customers.find(order.customer_id)
    return tuple(refunds(order, customer, shop.policy))


def refunds(order: Order, customer: Customer | None, policy: Policy) -> Iterator[Refund]:
    """Yields the refunds of an order, those that are still to come last."""
    methods = {method.id: method for method in customer.payment_methods} if customer else {}
    references = {change.at: change.reference for change in order.changes}
    for payment in order.payments:
        if payment.amount.minor < 0:
            refund = _refund(
                Transfer(payment.method_id, payment.amount), RefundState.PAID, payment.at, methods
            )
            days = policy.days(refund.kind)
            yield replace(
                refund,
                reference=references.get(payment.at, ""),
                there_from=_working_days_after(payment.at.date(), days.at_least),
                there_by=_working_days_after(payment.at.date(), days.at_most),
            )
    for change in order.changes:
        for transfer in change.transfers:
            if change.status in _TO_COME and transfer.amount.minor < 0:
                refund = _refund(transfer, _TO_COME[change.status], change.at, methods)
                yield replace(refund, reference=change.reference)


def _refund(
    transfer: Transfer, state: RefundState, since: datetime, methods: Mapping[str, PaymentMethod]
) -> Refund:
    method = methods.get(transfer.method_id)
    return Refund(
        state=state,
        amount=Money(-transfer.amount.minor, transfer.amount.currency),
        method_id=transfer.method_id,
        kind=method.kind if method else "other",
        label=method.label if method else "",
        since=since,
    )


def _working_days_after(day: date, count: int) -> date:
    """Returns the day that many working days later; Saturdays and Sundays are none."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
