"""What the customer looks for and has been shown: the slot `browsing`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.interfaces import Tracker

from actions.shopping.limits import Limits
from shop.model import Product

SLOT = "browsing"
_SEEN = 50  # ids that are remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsing:
    """One look around. Replaced by every search; emptied with the session."""

    query: str = ""  # the thing itself: "kettle"
    limits: Limits = field(default_factory=Limits)
    shown: tuple[str, ...] = ()  # ids of the products on the last cards, in their order
    seen: tuple[str, ...] = ()  # ids of all that was shown for the query
    product: str | None = None  # the one that was spoken of last
    question: str = ""  # what was asked of a product, while it is open of which
    skill: str = ""  # the intent of that question

    @classmethod
    def of(cls, tracker: Tracker) -> Self:
        """Returns what the slot holds."""
        kept: Mapping[str, Any] = tracker.get_slot(SLOT) or {}
        return cls(
            query=kept.get("query", ""),
            limits=Limits.of(kept.get("limits", {})),
            shown=tuple(kept.get("shown", ())),
            seen=tuple(kept.get("seen", ())),
            product=kept.get("product"),
            question=kept.get("question", ""),
            skill=kept.get("skill", ""),
        )

    def kept(self) -> EventType:
        """Returns the event that keeps it in the slot."""
        return SlotSet(
            SLOT,
            {
                "query": self.query,
                "limits": self.limits.as_json(),
                "shown": list(self.shown),
                "seen": list(self.seen[-_SEEN:]),
                "product": self.product,
                "question": self.question,
                "skill": self.skill,
            },
        )

    def showing(self, products: Sequence[Product]) -> "Browsing":
        """Returns the look around after these cards; a single product is the one spoken of."""
        ids = tuple(product.id for product in products)
        only = ids[0] if len(ids) == 1 else None
        return replace(
            self, shown=ids, seen=(*self.seen, *ids), product=only, question="", skill=""
        )

    def about(self, product: Product) -> "Browsing":
        """Returns the look around once a product was spoken of."""
        return replace(self, product=product.id, question="", skill="")
