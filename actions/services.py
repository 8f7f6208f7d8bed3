"""What the actions work with, handed to them by the composition root."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from actions.resolve import Meaning
from actions.wording import Wording
from shop.mail import Mailer
from shop.ports import Carriers, Clock, Shop


class Hit(Protocol):
    """A product that matches a query."""

    @property
    def product_id(self) -> str:
        """The product."""
        ...

    @property
    def fits(self) -> bool:
        """Whether it is what was asked for, and not only what comes nearest."""
        ...


class Catalogue(Protocol):
    """Finds products by what a customer says. `knowledge.catalogue.CatalogueIndex` is one."""

    def search(self, query: str, k: int) -> Sequence[Hit]:
        """Returns at most k products that match, best first; none if nothing does."""
        ...

    def similar(self, product_id: str, k: int) -> Sequence[str]:
        """Returns the ids of at most k products that are most like one, itself left out."""
        ...


class Passage(Protocol):
    """A piece of the shop's documents that may answer a question."""

    @property
    def title(self) -> str:
        """What it is about."""
        ...

    @property
    def text(self) -> str:
        """What it says."""
        ...

    @property
    def score(self) -> float:
        """How well it answers the question, from 0 to 1: words and meaning together."""
        ...


class Policies(Protocol):
    """Finds answers in the shop's documents. `knowledge.policies.PolicyIndex` is one."""

    def best(self, question: str, k: int) -> Sequence[Passage]:
        """Returns at most k passages, best first."""
        ...


class Understanding(Protocol):
    """Tells what a part of a message is about. `bot.parse.Parser` is one."""

    def parse(self, text: str) -> Mapping[str, Any]:
        """Returns `ranking`, the intents with their `confidence`, best first, and `entities`.

        `intent` is the best one, and `accepted` whether the bot would act on it.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All of it."""

    shop: Shop
    catalogue: Catalogue
    policies: Policies
    clock: Clock
    wording: Wording
    understanding: Understanding
    meaning: Meaning
    mailer: Mailer
    carriers: Carriers
    secret: bytes  # the home's own, for one-time codes
