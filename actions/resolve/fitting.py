"""Which of their orders a customer would like to see: all that fit everything they say of them."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from actions.resolve.bought import statuses
from actions.resolve.dates import which_past
from actions.resolve.lines import which_lines
from actions.resolve.meaning import Meaning
from actions.resolve.words import split_words
from shop.model import Action, Order, OrderStatus

_OPEN = re.compile(
    r"\b(?:open|outstanding|current(?:ly)?|active|running|unfinished|on (?:its|the|their) way|"
    r"(?:still|yet) (?:to come|coming|waiting|due)|(?:not|n['\u2019]t)(?: \w+)? "
    r"(?:arrived?|delivered|received|come|got|here|there|shipped|sent))\b",
    re.IGNORECASE,
)
_SENT_BACK = re.compile(r"\b(?:returned|sent back|gave back|given back)\b", re.IGNORECASE)
_LATEST = re.compile(
    r"\b(?:last|latest|newest|most recent)(?: (?P<count>\d|two|three|four|five))? "
    r"(?:orders?|purchases?|things?)\b",
    re.IGNORECASE,
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
_UNDER_WAY = {OrderStatus.PENDING, OrderStatus.PROCESSED, OrderStatus.SHIPPED}


def fitting_orders(
    text: str,
    orders: Sequence[Order],
    now: datetime,
    *,
    meaning: Meaning | None = None,
    time_zone: str = "UTC",
) -> list[Order]:
    """Returns the orders that fit a text, in their order; all where it says nothing of them.

    Args:
        text: what the customer said: "what did I order last month", "my open orders".
        orders: those that they may see, latest first.
        now: for "last week".
        meaning: finds what was bought by other names than its title.
        time_zone: the customer's.
    """
    span = which_past(text, now, time_zone=time_zone)
    found = [order for order in orders if span is None or span.holds(order.placed_at)]
    for numbers in _hints(text, orders, meaning):
        found = [order for order in found if order.number in numbers]
    latest = _LATEST.search(text)
    if latest is None or (latest["count"] is None and latest.group().endswith("s")):
        return found
    count = latest["count"] or "1"
    return found[: _COUNTS.get(count.casefold()) or int(count)]


def _hints(text: str, orders: Sequence[Order], meaning: Meaning | None) -> Iterator[set[str]]:
    """Yields for each thing that the text says the numbers of the orders that it is true of."""
    if _OPEN.search(text):
        yield {order.number for order in orders if order.status in _UNDER_WAY}
    elif said := statuses(split_words(text)):
        yield {order.number for order in orders if order.status in said}
    if _SENT_BACK.search(text):
        yield {order.number for order in orders if _has_return(order)}
    named = which_lines(text, orders, meaning=meaning)
    if named.found and not named.is_everything:
        yield {one.order.number for mention in named.found for one in mention.lines.choices}


def _has_return(order: Order) -> bool:
    return any(change.action is Action.RETURN_ITEMS for change in order.changes)
