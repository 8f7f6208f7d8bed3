"""Cancelling an order."""

from actions.agenda.choices import Reason
from actions.agenda.kind import Kind
from actions.agenda.orders import WhichOrder
from shop.commands import CancelOrder
from shop.model import Action

KIND = Kind(
    name="cancel_order",
    verb="cancel",
    needs=(WhichOrder(Action.CANCEL_ORDER), Reason(Action.CANCEL_ORDER)),
    actions=(Action.CANCEL_ORDER,),
    command=lambda request, _: CancelOrder(request.orders[0], request.chosen["reason"]),
)
