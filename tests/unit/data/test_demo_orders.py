"""The demo shop's orders add up, happen in order and keep the shop's own delivery policy."""

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from shop.delivery import DeliveryState, assess_order
from shop.delivery_terms import DeliveryTerms, Way
from shop.model import Customer, EventCode, Order, OrderStatus, Parcel, Product


def value(order: Order) -> int:
    return sum(line.quantity * line.price.minor for line in order.lines)


def delivered(parcel: Parcel) -> bool:
    return parcel.events[-1].code is EventCode.DELIVERED


def test_lines_are_of_the_catalogue(orders: dict[str, Order], products: dict[str, Product]) -> None:
    """Each line names a real variant with its options."""
    for order in orders.values():
        assert order.lines, order.number
        for line in order.lines:
            product = products[line.product_id]
            options = {variant.id: variant.options for variant in product.variants}
            assert line.options == options[line.variant_id], line.id
            assert line.title == product.title, line.id
            assert min(line.quantity, line.price.minor) > 0, line.id


def test_parcels_carry_each_line_once(orders: dict[str, Order]) -> None:
    """Where an order has parcels, every line travels in exactly one of them."""
    for order in orders.values():
        packed = sorted(line_id for parcel in order.parcels for line_id in parcel.line_ids)
        assert not packed or packed == sorted(line.id for line in order.lines), order.number


def test_payments_add_up(orders: dict[str, Order], customers: dict[str, Customer]) -> None:
    """Payments by the customer's own methods sum to the lines, or to nothing when cancelled."""
    for order in orders.values():
        methods = {method.id for method in customers[order.customer_id].payment_methods}
        owed = 0 if order.status is OrderStatus.CANCELLED else value(order)
        assert sum(payment.amount.minor for payment in order.payments) == owed, order.number
        assert order.payments[0].amount.minor > 0, order.number
        assert {payment.method_id for payment in order.payments} <= methods, order.number


def test_events_are_in_order(orders: dict[str, Order], now: datetime) -> None:
    """Nothing happens before the order is placed, after now, or in the wrong order."""
    for order in orders.values():
        assert all(order.placed_at <= payment.at <= now for payment in order.payments), order.number
        for parcel in order.parcels:
            moments = [order.placed_at, *(event.at for event in parcel.events), now]
            assert moments == sorted(moments), parcel.id


def test_promises(orders: dict[str, Order], now: datetime) -> None:
    """An order is promised for its last parcel, one without parcels for the future."""
    for order in orders.values():
        promised = [parcel.promised_at for parcel in order.parcels if parcel.promised_at]
        assert len(promised) == len(order.parcels), order.number
        if order.status is OrderStatus.CANCELLED:
            assert order.promised_at is None, order.number
        else:
            assert order.promised_at, order.number
            assert order.promised_at == max(promised, default=order.promised_at), order.number
            assert promised or order.promised_at > now, order.number


def test_status_fits_the_parcels(orders: dict[str, Order]) -> None:
    """An order is as far as its parcels are."""
    for order in orders.values():
        codes = [{event.code for event in parcel.events} for parcel in order.parcels]
        arrived = [delivered(parcel) for parcel in order.parcels]
        fits = {
            OrderStatus.PENDING: not codes,
            OrderStatus.PROCESSED: codes == [{EventCode.LABEL_CREATED}],
            OrderStatus.SHIPPED: any(EventCode.PICKED_UP in seen for seen in codes)
            and not all(arrived),
            OrderStatus.DELIVERED: bool(arrived) and all(arrived),
            OrderStatus.CANCELLED: all(EventCode.RETURNED in seen for seen in codes),
        }
        assert fits[order.status], order.number


def test_delivery_terms(orders: dict[str, Order], terms: DeliveryTerms) -> None:
    """A method appears only where, and from which order value, the shop offers it."""
    for order in orders.values():
        for parcel in order.parcels:
            method = terms.methods[parcel.method]
            assert parcel.carrier == method.carrier, parcel.id
            assert value(order) >= method.minimum_minor, parcel.id
            assert method.reaches(order.address.country, order.address.postcode), parcel.id


def test_codes(orders: dict[str, Order], terms: DeliveryTerms) -> None:
    """What waits to be collected, or is handed over by a machine, has a code, and nothing else."""
    for order in orders.values():
        for parcel in order.parcels:
            is_waiting = parcel.events[-1].code is EventCode.READY_FOR_PICKUP
            is_machine = terms.methods[parcel.method].way in {Way.DRONE, Way.ROBOT}
            assert bool(parcel.hand_over_code) == (is_waiting or is_machine), parcel.id


def test_every_situation_occurs(
    orders: dict[str, Order], terms: DeliveryTerms, now: datetime
) -> None:
    """Each status, method and kind of trouble can be tried in the demo."""
    parcels = [parcel for order in orders.values() for parcel in order.parcels]
    since_delivery = [now - parcel.events[-1].at for parcel in parcels if delivered(parcel)]
    fares = Counter(
        each.state for order in orders.values() for each in assess_order(order, terms, now)
    )
    assert {order.status for order in orders.values()} == set(OrderStatus)
    assert {parcel.method for parcel in parcels} == terms.methods.keys()
    assert {event.code for parcel in parcels for event in parcel.events} == set(EventCode)
    assert fares.keys() | {DeliveryState.SENT_BACK} == set(DeliveryState)  # those are cancelled
    assert min(fares[DeliveryState.STUCK], fares[DeliveryState.AT_CUSTOMS]) >= 3
    assert fares[DeliveryState.READY_FOR_PICKUP] >= 3
    assert any(parcel.sent_from for parcel in parcels)
    assert min(since_delivery) < timedelta(days=14) < timedelta(days=60) < max(since_delivery)
    assert sum(len({delivered(p) for p in order.parcels}) == 2 for order in orders.values()) >= 3


def test_ada(orders: dict[str, Order], customers: dict[str, Customer], now: datetime) -> None:
    """SK-1001 is Ada's, has two lines and is on its way, as the README shows."""
    order = orders["SK-1001"]
    ada = customers[order.customer_id]
    (parcel,) = order.parcels
    assert (ada.email, ada.address.postcode) == ("ada@example.com", "10115")
    assert order.address == ada.address
    assert order.status is OrderStatus.SHIPPED
    assert len(order.lines) == 2
    assert parcel.promised_at == order.promised_at == now + timedelta(days=2)
    assert now - parcel.events[-1].at < timedelta(hours=12)
    assert 5 <= sum(other.customer_id == ada.id for other in orders.values()) <= 7


def test_readme_names_real_orders(
    data: Path, orders: dict[str, Order], customers: dict[str, Customer]
) -> None:
    """Every order that the README offers to try opens with the proofs it gives."""
    readme = (data / "shop" / "README.md").read_text("utf-8")
    offered = re.findall(r"^\| `(SK-\d+)` \| (\S+) \| (.+?) \|", readme, re.MULTILINE)
    assert len(offered) >= 5
    for number, email, postcode in offered:
        order = orders[number]
        assert customers[order.customer_id].email == email, number
        assert order.address.postcode == postcode, number
