"""What a customer wants done, as it lies in the dialogue between two messages: ids and their words."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self


@dataclass(slots=True)
class Item:
    """Pieces of a line, and what they shall become."""

    order: str
    line: str
    quantity: int | None = None  # None: all of them
    wish: str = ""  # what was said of what is wanted instead
    variant: str | None = None


@dataclass(slots=True)
class Unclear:
    """Something named that several lines may be."""

    text: str
    items: list[Item]


@dataclass(slots=True)
class Request:
    """One thing to be done."""

    kind: str
    said: str  # what was said about it
    context: str = ""  # what was said before, where it only says "it"
    is_either: bool = False  # one of "cancel or return": only what it can be done to is meant
    is_fallback: bool = False  # wanted only if the one before it is not done
    is_unsure: bool = False  # not to be done yet
    orders: list[str] = field(default_factory=list)  # one, once it is clear what belongs to which
    items: list[Item] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    chosen: dict[str, Any] = field(default_factory=dict)  # by the name of the need
    read: list[str] = field(default_factory=list)  # needs that `said` was read for already
    shown: str | None = None  # digest of the plan that waits for a yes
    agreed: str | None = None  # the message that said yes to it

    def change(self) -> None:
        """Makes a yes to what was shown count no longer."""
        self.shown = self.agreed = None

    @property
    def order(self) -> str | None:
        """The order that it is about, once it is known."""
        return self.orders[0] if self.orders else None

    def divided(self) -> list["Request"]:
        """Returns one request an order: what lies in several is several things to be done."""
        return [
            replace(
                self,
                orders=[number],
                items=[item for item in self.items if item.order == number],
                chosen=dict(self.chosen),
                read=list(self.read),
            )
            for number in self.orders
        ]

    @classmethod
    def of(cls, written: dict[str, Any]) -> Self:
        """Reads what `asdict` wrote."""
        items = [Item(**item) for item in written["items"]]
        unclear = [
            Unclear(each["text"], [Item(**item) for item in each["items"]])
            for each in written["unclear"]
        ]
        return cls(**{**written, "items": items, "unclear": unclear})


@dataclass(slots=True)
class Agenda:
    """The requests in their order, and what the dialogue about them stands at."""

    requests: list[Request] = field(default_factory=list)
    asked: str = ""  # the name of the need, or "identity", "code", "yes", "change"
    facts: dict[str, str] = field(
        default_factory=dict
    )  # shown of who is writing, until it is known
    misses: int = 0  # answers in a row that were none
    done: int = 0  # how many requests were dealt with
    was_done: bool = False  # whether the last of them was carried out

    @classmethod
    def of(cls, slot: dict[str, Any] | None) -> Self:
        """Reads the slot that `as_slot` wrote."""
        if not slot:
            return cls()
        return cls(**{**slot, "requests": [Request.of(each) for each in slot["requests"]]})

    def as_slot(self) -> dict[str, Any] | None:
        """Returns plain values, or nothing once all is done."""
        return asdict(self) if self.requests else None

    @property
    def current(self) -> Request:
        """The request that is being dealt with."""
        return self.requests[0]

    def replace_current(self, others: Sequence[Request]) -> None:
        """Puts requests in the place of the current one."""
        self.requests[:1] = others

    def close(self, *, is_done: bool = False) -> None:
        """Takes the current request off, and what was wanted instead if it is done."""
        del self.requests[0]
        while is_done and self.requests and self.requests[0].is_fallback:
            del self.requests[0]
        self.asked, self.misses, self.was_done = "", 0, is_done
        self.done += 1
