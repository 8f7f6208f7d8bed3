"""What a request needs to know before it can be shown: how it is read out of words, and asked for."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from actions.agenda.request import Request
from actions.agenda.view import View
from actions.wording import day
from shop.model import Order
from shop.refusal import Why


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its title, and the words that it stands for."""

    title: str
    answer: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one thing."""

    response: str
    values: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Choice] = ()
    is_listed: bool = False  # the text does not name the choices by itself


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a request cannot go on, said to the customer."""

    response: str
    values: Mapping[str, str] = field(default_factory=dict)
    choices: Sequence[Choice] = ()  # what leads on from there


class Need(ABC):
    """One thing that has to be known."""

    name: ClassVar[str]
    faults: ClassVar[frozenset[Why]] = frozenset()
    """Refusals that another answer to this would mend."""

    @abstractmethod
    def is_met(self, request: Request) -> bool:
        """Tells whether nothing has to be asked."""

    @abstractmethod
    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes what the text says of it into the request; tells whether it said anything."""

    @abstractmethod
    def ask(self, request: Request, view: View) -> Question | Stop:
        """Returns the question for it."""

    def correct(self, text: str, request: Request, view: View) -> bool:
        """Takes a change of what was known already; tells whether there is one."""
        return self.read(text, request, view)

    def reopen(self, request: Request) -> None:
        """Makes it unknown again."""
        request.chosen.pop(self.name, None)


def track_choice(order: Order, view: View) -> Choice:
    """Returns the button that shows an order."""
    title = view.wording.say("utter_choice_track_order", number=order.number)
    return Choice(title, f'/track_order{{"order_number": "{order.number}"}}')


def order_choice(order: Order, view: View) -> Choice:
    """Returns the button of an order: its number, its day and what is in it."""
    titles = ", ".join(line.title for line in order.lines)
    when = day(order.placed_at, view.locale)
    said = view.wording.say("utter_choice_order", number=order.number, date=when, titles=titles)
    return Choice(said, order.number)
