"""Naming a customer's orders: all of them, or those of a time, a state or with a thing in them."""

from collections.abc import Sequence

from actions.agenda.kind import Enquiry
from actions.agenda.need import Choice, track_choice
from actions.agenda.request import Request
from actions.agenda.said import Said
from actions.agenda.view import View
from actions.resolve import fitting_orders
from actions.services import Services
from actions.wording import day
from shop.model import Order
from shop.orders import list_orders
from shop.prices import price

_SHOWN = 6


async def _answer(request: Request, view: View, services: Services) -> Said:
    orders = await list_orders(
        conversation=view.conversation, shop=services.shop, clock=services.clock
    )
    if not orders:
        return Said(view.wording.say("utter_no_orders"))
    wanted = fitting_orders(
        request.said, orders, view.now, meaning=view.meaning, time_zone=view.customer.time_zone
    )
    if not wanted:
        said = view.wording.say("utter_no_order_fits", count=len(orders))
        return Said(said, [Choice(view.wording.say("utter_offer_list_orders"), "/list_orders")])
    return _listed(wanted, orders, view)


def _listed(wanted: Sequence[Order], orders: Sequence[Order], view: View) -> Said:
    say = view.wording.say
    lead = "utter_all_orders" if len(wanted) == len(orders) else "utter_some_orders"
    lines = [say(lead), *(_line(order, view) for order in wanted[:_SHOWN])]
    if len(wanted) > _SHOWN:
        lines.append(say("utter_more_orders", count=len(wanted) - _SHOWN))
    return Said("\n".join(lines), [track_choice(order, view) for order in wanted[:_SHOWN]])


def _line(order: Order, view: View) -> str:
    titles = [
        f"{line.quantity} × {line.title}" if line.quantity > 1 else line.title  # noqa: RUF001
        for line in order.lines
    ]
    return view.wording.say(
        "utter_order_line",
        number=order.number,
        date=day(order.placed_at, view.locale, form="medium"),
        titles=", ".join(titles),
        total=price(order.total, view.locale),
        status=view.wording.say(f"utter_status_{order.status}").lower(),
    )


KIND = Enquiry(name="list_orders", is_about_account=True, answer=_answer)
