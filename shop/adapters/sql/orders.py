"""Orders in SQL, each with its lines, parcels, tracking events and payments."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from shop.adapters.sql.rows import (
    BATCH,
    Values,
    address,
    address_values,
    batches,
    money_values,
    parts,
    replace_parts,
    upsert,
)
from shop.adapters.sql.tables import (
    order_changes,
    order_lines,
    orders,
    parcels,
    payments,
    tracking_events,
)
from shop.model import (
    Action,
    ChangedLine,
    ChangeStatus,
    EventCode,
    Money,
    Order,
    OrderChange,
    OrderLine,
    OrderStatus,
    Parcel,
    Payment,
    TrackingEvent,
    Transfer,
)

_LINES = TypeAdapter(tuple[ChangedLine, ...])
_TRANSFERS = TypeAdapter(tuple[Transfer, ...])


class SqlOrders:
    """The orders within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, number: str) -> Order | None:
        """Returns the order with this number."""
        found = await self._load(select(orders).where(orders.c.number == number))
        return found[0] if found else None

    async def of(self, customer_id: str) -> list[Order]:
        """Returns a customer's orders, latest first."""
        query = select(orders).where(orders.c.customer_id == customer_id)
        return await self._load(query.order_by(orders.c.placed_at.desc(), orders.c.number.desc()))

    async def all(self) -> AsyncIterator[Order]:
        """Yields every order, by number."""
        last = ""
        query = select(orders).order_by(orders.c.number).limit(BATCH)
        while found := await self._load(query.where(orders.c.number > last)):
            for order in found:
                yield order
            last = found[-1].number

    async def save(self, orders_: Iterable[Order]) -> None:
        """Inserts or replaces the orders by number."""
        for batch in batches(orders_):
            new = {order.number: order for order in batch}
            await upsert(self._connection, orders, [_values(each) for each in new.values()])
            for table, part_values in _PARTS.items():
                rows = [values for each in new.values() for values in part_values(each)]
                await replace_parts(self._connection, table, list(new), rows)

    async def _load(self, query: Select[Any]) -> list[Order]:
        """Returns the orders that a query selects, by the same number of reads however many."""
        rows = (await self._connection.execute(query)).all()
        numbers = [row.number for row in rows]
        found = {table: await parts(self._connection, table, numbers) for table in _PARTS}
        return [_order(row, {table: found[table][row.number] for table in found}) for row in rows]


def _order(row: Row[Any], found: dict[Any, list[Row[Any]]]) -> Order:
    events = defaultdict(list)
    for event in found[tracking_events]:
        events[event.parcel_position].append(_event(event))
    return Order(
        number=row.number,
        customer_id=row.customer_id,
        placed_at=row.placed_at,
        status=OrderStatus(row.status),
        address=address(row),
        lines=tuple(map(_line, found[order_lines])),
        parcels=tuple(_parcel(each, events[each.position]) for each in found[parcels]),
        payments=tuple(map(_payment, found[payments])),
        promised_at=row.promised_at,
        changes=tuple(map(_change, found[order_changes])),
    )


def _line(row: Row[Any]) -> OrderLine:
    return OrderLine(
        id=row.id,
        product_id=row.product_id,
        variant_id=row.variant_id,
        title=row.title,
        options=row.options,
        quantity=row.quantity,
        price=Money(row.price_minor, row.currency),
    )


def _parcel(row: Row[Any], events: Sequence[TrackingEvent]) -> Parcel:
    return Parcel(
        id=row.id,
        carrier=row.carrier,
        tracking_number=row.tracking_number,
        line_ids=tuple(row.line_ids),
        method=row.method,
        promised_at=row.promised_at,
        tracking_link=row.tracking_link,
        sent_from=row.sent_from,
        pick_up_point=row.pick_up_point,
        hand_over_code=row.hand_over_code,
        events=tuple(events),
    )


def _event(row: Row[Any]) -> TrackingEvent:
    return TrackingEvent(at=row.at, code=EventCode(row.code), text=row.text, place=row.place)


def _payment(row: Row[Any]) -> Payment:
    amount = Money(row.amount_minor, row.currency)
    return Payment(at=row.at, method_id=row.method_id, amount=amount)


def _change(row: Row[Any]) -> OrderChange:
    return OrderChange(
        reference=row.reference,
        action=Action(row.action),
        at=row.at,
        status=ChangeStatus(row.status),
        reason=row.reason,
        lines=_LINES.validate_python(row.lines),
        transfers=_TRANSFERS.validate_python(row.transfers),
        resolution=row.resolution,
        day=row.day,
    )


def _values(order: Order) -> Values:
    return {
        "number": order.number,
        "customer_id": order.customer_id,
        "placed_at": order.placed_at,
        "status": order.status,
        **address_values(order.address),
        "promised_at": order.promised_at,
    }


def _line_values(order: Order) -> Iterator[Values]:
    for position, line in enumerate(order.lines):
        yield {
            "order_number": order.number,
            "position": position,
            "id": line.id,
            "product_id": line.product_id,
            "variant_id": line.variant_id,
            "title": line.title,
            "options": dict(line.options),
            "quantity": line.quantity,
            **money_values("price_minor", line.price),
        }


def _parcel_values(order: Order) -> Iterator[Values]:
    for position, parcel in enumerate(order.parcels):
        yield {
            "order_number": order.number,
            "position": position,
            "id": parcel.id,
            "carrier": parcel.carrier,
            "tracking_number": parcel.tracking_number,
            "line_ids": list(parcel.line_ids),
            "method": parcel.method,
            "promised_at": parcel.promised_at,
            "tracking_link": parcel.tracking_link,
            "sent_from": parcel.sent_from,
            "pick_up_point": parcel.pick_up_point,
            "hand_over_code": parcel.hand_over_code,
        }


def _event_values(order: Order) -> Iterator[Values]:
    for parcel_position, parcel in enumerate(order.parcels):
        for position, event in enumerate(parcel.events):
            yield {
                "order_number": order.number,
                "parcel_position": parcel_position,
                "position": position,
                "at": event.at,
                "code": event.code,
                "text": event.text,
                "place": event.place,
            }


def _payment_values(order: Order) -> Iterator[Values]:
    for position, payment in enumerate(order.payments):
        yield {
            "order_number": order.number,
            "position": position,
            "at": payment.at,
            "method_id": payment.method_id,
            **money_values("amount_minor", payment.amount),
        }


def _change_values(order: Order) -> Iterator[Values]:
    for position, change in enumerate(order.changes):
        yield {
            "order_number": order.number,
            "position": position,
            "reference": change.reference,
            "action": change.action,
            "at": change.at,
            "status": change.status,
            "reason": change.reason,
            "lines": _LINES.dump_python(change.lines),
            "transfers": _TRANSFERS.dump_python(change.transfers),
            "resolution": change.resolution,
            "day": change.day,
        }


_PARTS = {  # parcels before their events, which refer to them
    order_lines: _line_values,
    parcels: _parcel_values,
    tracking_events: _event_values,
    payments: _payment_values,
    order_changes: _change_values,
}
