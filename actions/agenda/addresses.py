"""Where an order shall go, or where the customer lives now."""

from dataclasses import asdict

from actions.agenda.need import Choice, Need, Question, Stop
from actions.agenda.request import Request
from actions.agenda.view import View
from actions.resolve import DEFAULT, which_address
from shop.model import Address
from shop.refusal import Why


class WhichAddress(Need):
    """An address that the customer writes out, or one on record."""

    name = "address"
    faults = frozenset({Why.SAME_ADDRESS, Why.INCOMPLETE_ADDRESS, Why.OTHER_COUNTRY})

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known."""
        return self.name in request.chosen

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes the address that the text writes out or speaks of."""
        known = {DEFAULT: view.customer.address} | {o.number: o.address for o in view.orders}
        current = view.order(request.order).address if request.order else view.customer.address
        meant = which_address(text, known, current=current)
        address = meant.address.winner
        if address is None or meant.missing:
            return False
        if asdict(address) == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = asdict(address)
        return True

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Offers those on record."""
        current = view.order(request.order).address if request.order else view.customer.address
        known = [view.customer.address, *(order.address for order in view.orders)]
        others = dict.fromkeys(one_line(each) for each in known if each != current)
        choices = [Choice(written, written) for written in others]
        return Question(
            f"utter_ask_address_to_{request.kind}", {"order": request.order or ""}, choices
        )


def one_line(address: Address) -> str:
    """Returns an address as one line."""
    place = f"{address.postcode} {address.city}"
    if address.state:
        place = f"{address.city}, {address.state} {address.postcode}"
    parts = (address.line1, address.line2, place, address.country)
    return ", ".join(part for part in parts if part)
