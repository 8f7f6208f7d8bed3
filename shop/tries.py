"""Failed tries to be believed: they are counted for whoever tries, for what is tried, and in all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Self

from shop.identity_rules import Claims
from shop.ports import Identities

OVERALL = "all"


def by_conversation(conversation: str) -> str:
    """Returns as what the tries of a conversation count."""
    return f"conversation:{conversation}"


def by_code(conversation: str) -> str:
    """Returns as what the wrong codes of a conversation count."""
    return f"code:{conversation}"


def at_order(number: str) -> str:
    """Returns as what tries at an order count, whether or not it exists."""
    return f"order:{number}"


def at_address(value: str) -> str:
    """Returns as what tries at an e-mail address or a person count; it names neither."""
    return f"address:{digest(value)}"


def digest(value: str) -> str:
    """Returns what a personal value is known by where it need not be kept."""
    return sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries that a conversation's claim counts among, within one transaction."""

    conversation: str
    rules: Claims
    now: datetime
    limits: Mapping[str, int]
    spent: Collection[str]

    @classmethod
    async def of(
        cls,
        conversation: str,
        targets: Mapping[str, int],
        *,
        identities: Identities,
        rules: Claims,
        now: datetime,
    ) -> Self:
        """Returns the tries of a conversation at some targets, each with its limit."""
        own = {by_conversation(conversation): rules.tries_per_conversation}
        limits = {**own, **targets, OVERALL: rules.tries_overall}
        failed = {each: await identities.failures(each, now - rules.window) for each in limits}
        spent = [each for each, limit in limits.items() if failed[each] >= limit]
        return cls(conversation, rules, now, limits, spent)

    async def record(self, identities: Identities) -> None:
        """Counts a failed one. A conversation that spent its own tries locks nobody else out."""
        own = by_conversation(self.conversation)
        await identities.record_failure([own] if own in self.spent else self.limits, self.now)
