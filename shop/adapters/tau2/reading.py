"""From the file to the shop's records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from shop.adapters.tau2.document import (
    CURRENCY,
    KINDS,
    Document,
    WrittenMethod,
    WrittenOrder,
    WrittenPayment,
    WrittenProduct,
    WrittenUser,
)
from shop.errors import ConfigError
from shop.model import (
    Customer,
    Money,
    Order,
    OrderLine,
    OrderStatus,
    Parcel,
    Payment,
    PaymentMethod,
    Product,
    Variant,
)

_UNTOUCHED = {"pending", "processed", "delivered", "cancelled"}


@dataclass(frozen=True, slots=True)
class Tau2Shop:
    """What a file holds, as a shop's records."""

    products: tuple[Product, ...]
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]


def read(path: Path, now: datetime) -> Tau2Shop:
    """Returns the records in a file.

    Raises:
        ConfigError: it cannot be read, is of another shape, or holds orders that agents changed.
    """
    try:
        document = Document.model_validate_json(path.read_bytes())
    except OSError as err:
        raise ConfigError(f"{path}: cannot be read: {err.strerror}") from err
    except ValidationError as err:
        fault = err.errors()[0]
        where = ".".join(map(str, fault["loc"]))
        raise ConfigError(f"{path}: {where}: {fault['msg']}") from err
    for order in document.orders.values():
        if order.status not in _UNTOUCHED:
            raise ConfigError(
                f"{path}: orders.{order.order_id}.status: {order.status!r} comes from a change, "
                "which the file tells too little of: take the file from before it"
            )
    return Tau2Shop(
        products=tuple(map(_product, document.products.values())),
        customers=tuple(map(_customer, document.users.values())),
        orders=tuple(_orders(document, now)),
    )


def _product(written: WrittenProduct) -> Product:
    variants = tuple(
        Variant(
            id=each.item_id,
            options=each.options,
            price=_money(each.price),
            stock=int(each.available),
        )
        for each in written.variants.values()
    )
    return Product(id=written.product_id, title=written.name, variants=variants)


def _customer(written: WrittenUser) -> Customer:
    return Customer(
        id=written.user_id,
        first_name=written.name.first_name,
        last_name=written.name.last_name,
        email=written.email,
        address=written.address.address(),
        locale="en-US",
        time_zone="America/New_York",
        payment_methods=tuple(map(_method, written.payment_methods.values())),
    )


def _method(written: WrittenMethod) -> PaymentMethod:
    label = f"{written.brand} {written.last_four}" if written.brand else ""
    balance = None if written.balance is None else _money(written.balance)
    return PaymentMethod(
        id=written.id, kind=KINDS[written.source], label=label.title(), balance=balance
    )


def _orders(document: Document, now: datetime) -> Iterator[Order]:
    """Yields the orders; a customer's later ones in the list are placed later."""
    for user in document.users.values():
        for age, number in enumerate(reversed(user.orders), start=1):
            yield _order(document.orders[number], now - timedelta(seconds=age))


def _order(written: WrittenOrder, placed_at: datetime) -> Order:
    lines = tuple(
        OrderLine(
            id=f"{written.order_id}-{position}",
            product_id=each.product_id,
            variant_id=each.item_id,
            title=each.name,
            options=each.options,
            quantity=1,
            price=_money(each.price),
        )
        for position, each in enumerate(written.items, start=1)
    )
    return Order(
        number=written.order_id,
        customer_id=written.user_id,
        placed_at=placed_at,
        status=OrderStatus(written.status),
        address=written.address.address(),
        lines=lines,
        parcels=tuple(_parcels(written, lines)),
        payments=tuple(_payment(each, placed_at) for each in written.payment_history),
    )


def _parcels(written: WrittenOrder, lines: tuple[OrderLine, ...]) -> Iterator[Parcel]:
    """Yields the parcels; of two equal pieces each goes into one."""
    left = list(lines)
    for position, each in enumerate(written.fulfillments, start=1):
        packed = []
        for item_id in each.item_ids:
            line = next(line for line in left if line.variant_id == item_id)
            left.remove(line)
            packed.append(line.id)
        yield Parcel(
            id=f"{written.order_id}-P{position}",
            carrier="",
            tracking_number=" ".join(each.tracking_id),
            line_ids=tuple(packed),
        )


def _payment(written: WrittenPayment, at: datetime) -> Payment:
    amount = _money(written.amount)
    if written.transaction_type == "refund":
        amount = Money(-amount.minor, CURRENCY)
    return Payment(at=at, method_id=written.payment_method_id, amount=amount)


def _money(amount: Decimal) -> Money:
    return Money(int(amount.scaleb(2)), CURRENCY)
