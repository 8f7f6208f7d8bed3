"""Sending an order elsewhere."""

from actions.agenda.addresses import WhichAddress
from actions.agenda.kind import Kind
from actions.agenda.orders import WhichOrder
from shop.commands import ChangeShippingAddress
from shop.model import Action, Address

KIND = Kind(
    name="change_shipping_address",
    verb="change",
    needs=(WhichOrder(Action.CHANGE_SHIPPING_ADDRESS), WhichAddress()),
    actions=(Action.CHANGE_SHIPPING_ADDRESS,),
    command=lambda request, _: ChangeShippingAddress(
        request.orders[0], Address(**request.chosen["address"])
    ),
)
