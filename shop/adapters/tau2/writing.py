"""From the shop's records to the shape of the file."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shop.adapters.tau2.document import (
    KINDS,
    Document,
    WrittenAddress,
    WrittenFulfillment,
    WrittenItem,
    WrittenMethod,
    WrittenName,
    WrittenOrder,
    WrittenPayment,
    WrittenProduct,
    WrittenUser,
    WrittenVariant,
)
from shop.model import (
    Action,
    Customer,
    Money,
    Order,
    OrderChange,
    OrderStatus,
    Payment,
    PaymentMethod,
    Product,
)
from shop.ports import Shop

_SOURCES: dict[str, Any] = {kind: source for source, kind in KINDS.items()}
_STATUS_AFTER = {
    Action.CHANGE_ITEMS: "pending (item modified)",
    Action.RETURN_ITEMS: "return requested",
    Action.EXCHANGE_ITEMS: "exchange requested",
}


async def write(shop: Shop) -> dict[str, Any]:
    """Returns the whole present state of a shop in the shape of the file."""
    async with shop.snapshot() as records:
        products = [product async for product in records.catalogue.all()]
        customers = [customer async for customer in records.customers.all()]
        orders = [order async for order in records.orders.all()]
    lists = defaultdict(list)
    for order in sorted(orders, key=lambda each: each.placed_at):
        lists[order.customer_id].append(order.number)
    written = Document(
        products={each.id: _product(each) for each in products},
        users={each.id: _user(each, lists[each.id]) for each in customers},
        orders={each.number: _order(each) for each in orders},
    )
    return written.model_dump(exclude_none=True)


def _product(product: Product) -> WrittenProduct:
    variants = {
        variant.id: WrittenVariant(
            item_id=variant.id,
            options=variant.options,
            available=variant.stock > 0,
            price=_amount(variant.price),
        )
        for variant in product.variants
    }
    return WrittenProduct(name=product.title, product_id=product.id, variants=variants)


def _user(customer: Customer, numbers: list[str]) -> WrittenUser:
    return WrittenUser(
        user_id=customer.id,
        name=WrittenName(first_name=customer.first_name, last_name=customer.last_name),
        address=WrittenAddress.of(customer.address),
        email=customer.email,
        payment_methods={each.id: _method(each) for each in customer.payment_methods},
        orders=numbers,
    )


def _method(method: PaymentMethod) -> WrittenMethod:
    brand, _, last_four = method.label.lower().rpartition(" ")
    return WrittenMethod(
        source=_SOURCES[method.kind],
        id=method.id,
        brand=brand or None,
        last_four=last_four or None,
        balance=_amount(method.balance) if method.balance else None,
    )


def _order(order: Order) -> WrittenOrder:
    return WrittenOrder(
        order_id=order.number,
        user_id=order.customer_id,
        address=WrittenAddress.of(order.address),
        items=list(_items(order)),
        status=_status(order),
        fulfillments=list(_fulfillments(order)),
        payment_history=[_payment(each) for each in order.payments],
        **_attributes(order),
    )


def _items(order: Order) -> Iterator[WrittenItem]:
    for line in order.lines:
        item = WrittenItem(
            name=line.title,
            product_id=line.product_id,
            item_id=line.variant_id,
            price=_amount(line.price),
            options=line.options,
        )
        yield from [item] * line.quantity


def _status(order: Order) -> str:
    if order.status is OrderStatus.CANCELLED:
        return order.status.value
    words = (_STATUS_AFTER.get(change.action) for change in reversed(order.changes))
    return next(filter(None, words), order.status.value)


def _fulfillments(order: Order) -> Iterator[WrittenFulfillment]:
    bought = {line.id: line.variant_id for line in order.lines}
    for parcel in order.parcels:
        yield WrittenFulfillment(
            tracking_id=parcel.tracking_number.split(),
            item_ids=[bought[line_id] for line_id in parcel.line_ids],
        )


def _attributes(order: Order) -> dict[str, Any]:
    """Returns what the agents' actions add to an order; lists of items are sorted there."""
    bought = {line.id: line.variant_id for line in order.lines}
    attributes: dict[str, Any] = {}
    for change in order.changes:
        given_back = sorted(
            bought[line.line_id]
            for line in change.lines
            if line.line_id in bought
            for _ in range(line.quantity)
        )
        match change.action:
            case Action.CANCEL_ORDER:
                attributes["cancel_reason"] = change.reason.replace("-", " ")
            case Action.RETURN_ITEMS:
                attributes["return_items"] = given_back
                attributes["return_payment_method_id"] = change.transfers[0].method_id
            case Action.EXCHANGE_ITEMS:
                attributes |= _exchange(change, given_back)
    return attributes


def _exchange(change: OrderChange, given_back: list[str]) -> dict[str, Any]:
    new = (line.variant_id for line in change.lines for _ in range(line.quantity))
    return {
        "exchange_items": given_back,
        "exchange_new_items": sorted(filter(None, new)),
        "exchange_payment_method_id": change.transfers[0].method_id,
        "exchange_price_difference": sum(_amount(each.amount) for each in change.transfers),
    }


def _payment(payment: Payment) -> WrittenPayment:
    is_payment = payment.amount.minor > 0
    return WrittenPayment(
        transaction_type="payment" if is_payment else "refund",
        amount=abs(_amount(payment.amount)),
        payment_method_id=payment.method_id,
    )


def _amount(money: Money) -> Decimal:
    return Decimal(money.minor).scaleb(-2)
