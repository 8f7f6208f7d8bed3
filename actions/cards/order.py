"""The order card."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from actions.wording import Wording, day
from bot.contract import OrderCard, OrderEvent, OrderItem, OrderParcel, OrderReply
from shop.model import EventCode, Order, OrderLine, OrderStatus, Parcel, TrackingEvent
from shop.prices import price

Stage = Literal["preparing", "on-its-way", "out-for-delivery", "delivered"]

_STAGES: Mapping[EventCode, Stage] = {
    EventCode.LABEL_CREATED: "preparing",
    EventCode.OUT_FOR_DELIVERY: "out-for-delivery",
    EventCode.READY_FOR_PICKUP: "out-for-delivery",
    EventCode.DELIVERED: "delivered",
}
_OPEN = {OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED}


def order_reply(
    order: Order,
    pictures: Mapping[str, str | None],
    wording: Wording,
    locale: str,
    news: Sequence[str] = (),
) -> OrderReply:
    """Returns the card of an order, and the same in a few sentences.

    Args:
        order: one that the customer may see.
        pictures: addresses of product pictures by product id.
        wording: the responses that the sentences are made of.
        locale: how prices and days are written.
        news: how its delivery fares, in sentences.
    """
    card = OrderCard(
        number=order.number,
        status=wording.say(f"utter_status_{order.status}"),
        placed_at=_iso(order.placed_at),
        items=[_item(line, pictures.get(line.product_id), locale) for line in order.lines],
        total=price(order.total, locale),
        parcels=[_parcel(parcel, wording) for parcel in order.parcels],
    )
    return OrderReply(
        type="order",
        text=" ".join((*_sentences(order, wording, locale, has_news=bool(news)), *news)),
        order=card,
    )


def _sentences(order: Order, wording: Wording, locale: str, *, has_news: bool) -> list[str]:
    said = [wording.say(f"utter_order_{order.status}", number=order.number)]
    if order.status is OrderStatus.SHIPPED:
        said += [
            wording.say(
                "utter_order_latest", carrier=parcel.carrier, event=_news(parcel.events[-1])
            )
            for parcel in order.parcels
            if parcel.events
        ]
    if order.promised_at and order.status in _OPEN and not has_news:
        said.append(wording.say("utter_order_promised", date=day(order.promised_at, locale)))
    return said


def _news(event: TrackingEvent) -> str:
    return f"{event.text}, {event.place}" if event.place else event.text


def _item(line: OrderLine, picture: str | None, locale: str) -> OrderItem:
    return OrderItem(
        title=line.title,
        text=", ".join(line.options.values()),
        quantity=line.quantity,
        price=price(line.price, locale),
        image=picture,
    )


def _parcel(parcel: Parcel, wording: Wording) -> OrderParcel:
    code = parcel.events[-1].code if parcel.events else EventCode.LABEL_CREATED
    return OrderParcel(
        carrier=parcel.carrier,
        tracking_number=parcel.tracking_number,
        tracking_link=parcel.tracking_link,
        status=wording.say(f"utter_parcel_{code.replace('-', '_')}"),
        stage=_STAGES.get(code, "on-its-way"),
        promised=_iso(parcel.promised_at) if parcel.promised_at else None,
        events=[
            OrderEvent(at=_iso(event.at), text=event.text, place=event.place)
            for event in reversed(parcel.events)
        ],
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
