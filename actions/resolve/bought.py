"""A line of an order that the customer may see, and what tells it from others."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.resolve.titles import Title, title
from actions.resolve.words import Word, sameness, split_words, word_set
from shop.model import Order, OrderLine, OrderStatus

_STATUS_WORDS = {
    OrderStatus.PENDING: ("pending", "unshipped", "unsent"),
    OrderStatus.PROCESSED: ("processed", "processing"),
    OrderStatus.SHIPPED: ("shipped", "transit", "underway"),
    OrderStatus.DELIVERED: ("delivered", "received", "arrived"),
    OrderStatus.CANCELLED: ("cancelled", "canceled"),
}
_NEGATIONS = word_set("be not no never t without hasnt havent isnt yet")


@dataclass(frozen=True, slots=True)
class Bought:
    """A line with its order."""

    order: Order
    line: OrderLine

    def __hash__(self) -> int:
        return hash((self.order.number, self.line.id))

    @property
    def title(self) -> Title:
        """The words of its title."""
        return title(self.line.title)


def bought(orders: Sequence[Order]) -> list[Bought]:
    """Returns all lines of the orders."""
    return [Bought(order, line) for order in orders for line in order.lines]


def statuses(words: Sequence[Word]) -> set[OrderStatus]:
    """Returns where the orders stand that the words speak of, as far as they say it."""
    found = set()
    for i, word in enumerate(words):
        for status, names in _STATUS_WORDS.items():
            before = words[max(0, i - 3) : i]
            if word.text in names and not any(w.text in _NEGATIONS for w in before):
                found.add(status)
        if word.text in ("ordered", "placed") and i and words[i - 1].text == "just":
            found |= {OrderStatus.PENDING, OrderStatus.PROCESSED}
    return found


def mentions_value(words: Sequence[Word], value: str) -> bool:
    """Tells whether the words hold an option's value: all of it, or "1TB" of "1TB SSD"."""
    wanted = split_words(value.split(",", maxsplit=1)[0])
    return bool(wanted) and any(
        all(sameness(a.stem, b.stem) for a, b in zip(wanted, words[i:], strict=False))
        and len(words) - i >= len(wanted)
        for i in range(len(words))
    )
