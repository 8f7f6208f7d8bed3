"""Having a parcel come on another day, or wait at a pick-up point."""

from datetime import date

from actions.agenda.deliveries import DayOrPlace
from actions.agenda.kind import Kind
from actions.agenda.orders import WhichOrder
from actions.agenda.request import Request
from actions.agenda.view import View
from shop.commands import ChangeDeliveryDay, RedirectDelivery
from shop.model import Action


def _command(request: Request, _: View) -> ChangeDeliveryDay | RedirectDelivery:
    if point := request.chosen.get("point"):
        return RedirectDelivery(request.orders[0], point)
    return ChangeDeliveryDay(request.orders[0], date.fromisoformat(request.chosen["day"]))


KIND = Kind(
    name="reschedule_delivery",
    verb="do",
    needs=(WhichOrder(Action.CHANGE_DELIVERY_DAY), DayOrPlace()),
    actions=(Action.CHANGE_DELIVERY_DAY, Action.REDIRECT_DELIVERY),
    command=_command,
)
