"""How careful the shop is with a conversation, by what happened in it. Customers are not told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shop.identity_rules import Caution as Rules
from shop.ports import Clock, Records, Shop
from shop.tries import by_code, by_conversation


@dataclass(frozen=True, slots=True)
class Caution:
    """What follows from it."""

    pause: timedelta  # before each answer
    needs_person: bool


async def caution_in(
    conversation: str, *, shop: Shop, clock: Clock, since: datetime | None = None
) -> Caution:
    """Returns how careful to be: failed claims, failed codes and refunds add up for a while.

    What happened before `since` counts no longer: a person has looked at it.
    """
    rules = shop.policy.caution
    begin = clock() - rules.window
    async with shop.snapshot() as records:
        points = await _points(conversation, records, rules, max(begin, since or begin))
    is_slow = points >= rules.slow_from
    return Caution(
        pause=timedelta(seconds=rules.pause_seconds if is_slow else 0),
        needs_person=points >= rules.person_from,
    )


async def _points(conversation: str, records: Records, rules: Rules, since: datetime) -> int:
    identities = records.identities
    identity = await identities.of(conversation)
    done = await records.ledger.of(identity.customer_id) if identity else []
    refunds = sum(each.at >= since and each.plan.refunded_minor > 0 for each in done)
    claims = await identities.failures(by_conversation(conversation), since)
    codes = await identities.failures(by_code(conversation), since)
    return rules.failed_claim * claims + rules.failed_code * codes + rules.refund * refunds
