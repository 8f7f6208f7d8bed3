"""Paying an order in another way."""

from actions.agenda.choices import WhichPaymentMethod, other_methods
from actions.agenda.kind import Kind
from actions.agenda.orders import WhichOrder
from shop.commands import ChangePaymentMethod
from shop.model import Action

KIND = Kind(
    name="change_payment_method",
    verb="change",
    needs=(WhichOrder(Action.CHANGE_PAYMENT_METHOD), WhichPaymentMethod(other_methods)),
    actions=(Action.CHANGE_PAYMENT_METHOD,),
    command=lambda request, _: ChangePaymentMethod(
        request.orders[0], request.chosen["payment_method"]
    ),
)
