"""Giving things back for their price."""

from actions.agenda.choices import Reason, WhichPaymentMethod, refund_methods
from actions.agenda.kind import Kind
from actions.agenda.request import Request
from actions.agenda.things import Things
from actions.agenda.view import View
from shop.commands import Pieces, ReturnItems
from shop.model import Action


def _command(request: Request, _: View) -> ReturnItems:
    return ReturnItems(
        request.orders[0],
        pieces=tuple(Pieces(item.line, item.quantity) for item in request.items),
        refund_to=request.chosen["payment_method"],
        reason=request.chosen["reason"],
    )


KIND = Kind(
    name="return_item",
    verb="return",
    needs=(
        Things(Action.RETURN_ITEMS),
        Reason(Action.RETURN_ITEMS),
        WhichPaymentMethod(refund_methods),
    ),
    actions=(Action.RETURN_ITEMS,),
    command=_command,
)
