"""What a kind of request is: the things it needs, and the command it makes of them."""

from collections.abc import Callable
from dataclasses import dataclass

from actions.agenda.need import Need
from actions.agenda.request import Request
from actions.agenda.view import View
from shop.commands import Command
from shop.model import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of request. Its responses bear its name: `utter_summary_cancel_order`."""

    name: str  # of the skill, and of the intent that asks for it
    verb: str  # "yes, cancel it"
    needs: tuple[Need, ...]
    actions: tuple[Action, ...] = ()  # one of which the order's state has to allow
    command: Callable[[Request, View], Command]
