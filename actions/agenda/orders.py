"""Which order a request is about."""

from collections.abc import Sequence

from actions.agenda.need import Need, Question, Stop, order_choice
from actions.agenda.request import Request
from actions.agenda.view import View
from actions.resolve import which_choice, which_orders
from shop.model import Action, Order


class WhichOrder(Need):
    """An order in a state that allows one of the actions; several are several requests."""

    name = "order"

    def __init__(self, *actions: Action) -> None:
        self._actions = actions

    def is_met(self, request: Request) -> bool:
        """Tells whether the order is known."""
        return bool(request.orders)

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes the orders that the text names, among the open ones unless a number says otherwise."""
        open_ = self._open(view)
        meant = self._meant(text, view, every=False)
        if not meant and not request.orders and not request.is_either:
            meant = self._meant(text, view, every=True)
        only = open_ if request.is_either else open_ or view.orders
        if not meant and len(only) == 1:
            meant = (only[0].number,)  # if it is not open, the refusal says why
        if not meant:
            return False
        request.orders = list(meant)
        return True

    def correct(self, text: str, request: Request, view: View) -> bool:
        """Takes another order only where its number is said."""
        meant = self._meant(text, view, every=False)
        is_other = len(meant) == 1 and meant[0] != request.order
        if not is_other or not any(map(str.isdigit, text)):
            return False
        request.orders = list(meant)
        return True

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Offers the open orders."""
        open_ = self._open(view)
        if not open_:
            return Stop(f"utter_no_order_to_{request.kind}")
        return Question(
            f"utter_ask_order_to_{request.kind}",
            choices=[order_choice(o, view) for o in open_],
            is_listed=True,
        )

    def _open(self, view: View) -> Sequence[Order]:
        """Returns the orders that may be meant."""
        return view.open_for(*self._actions)

    def _meant(self, text: str, view: View, *, every: bool) -> tuple[str, ...]:
        orders = view.orders if every else self._open(view)
        zone = view.customer.time_zone
        meant = which_orders(text, orders, view.now, meaning=view.meaning, time_zone=zone).chosen
        if not meant and not every and len(text) < 20:  # noqa: PLR2004 - "the second", "2"
            place = which_choice(text, [order.number for order in orders]).winner
            meant = (orders[place],) if place is not None else ()
        return tuple(order.number for order in meant)
