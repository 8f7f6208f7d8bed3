"""What a kind of request is: the things it needs, and what comes of it, a command or an answer."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import ClassVar

from actions.agenda.need import Need
from actions.agenda.request import Request
from actions.agenda.said import Said
from actions.agenda.view import View
from actions.services import Services
from shop.commands import Command
from shop.model import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of request. Its responses bear its name: `utter_summary_cancel_order`."""

    name: str  # of the skill, and of the intent that asks for it
    verb: str  # "yes, cancel it"
    needs: tuple[Need, ...]
    actions: tuple[Action, ...] = ()  # one of which the order's state has to allow
    is_about_account: bool = False  # an order's number shows nothing of it
    command: Callable[[Request, View], Command]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enquiry:
    """One kind of request that is answered at once, because it changes nothing."""

    name: str  # of the skill, and of the intent that asks for it
    needs: tuple[Need, ...] = ()
    is_about_account: bool = False  # an order's number shows nothing of it
    verb: ClassVar[str] = ""  # nothing is agreed to
    actions: ClassVar[tuple[Action, ...]] = ()
    answer: Callable[[Request, View, Services], Awaitable[Said]]


AnyKind = Kind | Enquiry
