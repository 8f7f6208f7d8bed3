"""Changing things into other options of their products: before they are sent, or by an exchange."""

from actions.agenda.choices import WhichPaymentMethod, swap_methods
from actions.agenda.kind import Kind
from actions.agenda.request import Request
from actions.agenda.things import Things
from actions.agenda.variants import Variants
from actions.agenda.view import View
from shop.commands import ChangeItems, ExchangeItems, Swap
from shop.model import Action


def swap_kind(name: str) -> Kind:
    """Returns a kind that changes what is not sent yet and exchanges what is.

    Customers say "exchange" and "change" for both; what it is, the order's state tells.
    """
    return Kind(
        name=name,
        verb="exchange" if name == "exchange_item" else "change",
        needs=(
            Things(Action.CHANGE_ITEMS, Action.EXCHANGE_ITEMS),
            Variants(),
            WhichPaymentMethod(swap_methods),
        ),
        actions=(Action.CHANGE_ITEMS, Action.EXCHANGE_ITEMS),
        command=_command,
    )


def _command(request: Request, view: View) -> ChangeItems | ExchangeItems:
    number, method = request.orders[0], request.chosen["payment_method"]
    swaps = tuple(
        Swap(item.line, item.variant, item.quantity) for item in request.items if item.variant
    )
    changing = view.policy.change_items
    if changing and view.order(number).status in changing.statuses:
        return ChangeItems(number, swaps, method)
    return ExchangeItems(number, swaps, method)
