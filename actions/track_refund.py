"""Telling where money is that goes back to the customer, and how far what they sent back has come."""

from collections.abc import Iterator, Sequence

from actions.agenda.choices import method_name
from actions.agenda.kind import Enquiry
from actions.agenda.need import Choice
from actions.agenda.request import Request
from actions.agenda.said import Said
from actions.agenda.view import View
from actions.dialogue import PERSON
from actions.resolve import which_orders
from actions.services import Services
from actions.wording import day
from shop.model import Action, ChangeStatus, Order
from shop.prices import price
from shop.refunds import Refund, track_refunds

_OFFERS = ("return_item", "cancel_order")


async def _answer(request: Request, view: View, services: Services) -> Said:
    lines, is_late = [], False
    for order in _meant(request.said, view):
        found = await track_refunds(
            order.number, conversation=view.conversation, shop=services.shop, clock=services.clock
        )
        lines += [_refund(each, order, view) for each in found]
        lines += _exchanges(order, view)
        is_late = is_late or any(each.is_late(view.now.date()) for each in found)
    say = view.wording.say
    person = Choice(say("utter_talk_to_person"), PERSON)
    if is_late:
        return Said("\n".join((*lines, say("utter_refund_late"))), [person])
    if lines:
        return Said("\n".join(lines))
    offers = [Choice(say(f"utter_offer_{kind}"), f"/{kind}") for kind in _OFFERS]
    return Said(say("utter_no_refund"), [*offers, person])


def _meant(text: str, view: View) -> Sequence[Order]:
    """Returns the orders that the text speaks of; all that there are where it names none."""
    zone = view.customer.time_zone
    meant = which_orders(text, view.orders, view.now, meaning=view.meaning, time_zone=zone)
    return meant.chosen or view.orders


def _refund(refund: Refund, order: Order, view: View) -> str:
    shown = {"from_day": refund.there_from, "by_day": refund.there_by}
    days = {name: day(moment, view.locale) for name, moment in shown.items() if moment}
    wait = view.policy.days(refund.kind)
    return view.wording.say(
        f"utter_refund_{refund.state.replace('-', '_')}",
        order=order.number,
        amount=price(refund.amount, view.locale),
        method=method_name(refund.kind, refund.label, view.wording),
        since=day(refund.since, view.locale),
        at_most=wait.at_most,
        **days,
    )


def _exchanges(order: Order, view: View) -> Iterator[str]:
    """Yields what waits for goods without that money goes back."""
    for change in order.changes:
        is_open = change.status is not ChangeStatus.DONE
        if is_open and change.action is Action.EXCHANGE_ITEMS:
            stem = change.status.value
            since = day(change.at, view.locale)
            yield view.wording.say(f"utter_exchange_{stem}", order=order.number, since=since)


KIND = Enquiry(name="track_refund", answer=_answer)
