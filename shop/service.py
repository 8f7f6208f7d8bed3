"""Carries out what customers ask for: shown first, done after a yes to exactly that, and only once."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from shop.action_rules import ActionRules, OrderRules
from shop.commands import (
    CancelOrder,
    ChangeDefaultAddress,
    ChangeDeliveryDay,
    ChangeEmail,
    ChangeItems,
    ChangeNewsletter,
    ChangePaymentMethod,
    ChangePhone,
    ChangeShippingAddress,
    Command,
    DeleteAccount,
    ExchangeItems,
    OrderCommand,
    RedirectDelivery,
    ReportDeliveryProblem,
    ReturnItems,
)
from shop.errors import IdentityRequired, KeyReused, OrderNotFound
from shop.identity import covers, covers_account
from shop.ledger import Entry
from shop.model import Customer, Identity, IdentityLevel, Order
from shop.order_number import normalise_number
from shop.plan import (
    Case,
    Done,
    NeedsApproval,
    OrderCase,
    Outcome,
    Plan,
    PlanChanged,
    canonical,
)
from shop.ports import Clock, Records, Shop
from shop.refusal import Refusal, Why
from shop.rules import (
    cancel_order,
    change_items,
    change_payment_method,
    change_shipping_address,
    edit_account,
    exchange_items,
    report_delivery_problem,
    reschedule_delivery,
    return_items,
)
from shop.rules.gate import open_actions

_ORDER_RULES: Mapping[type[Command], Callable[[Any, Any, OrderCase], Outcome]] = {
    CancelOrder: cancel_order.plan,
    ChangeShippingAddress: change_shipping_address.plan,
    ChangeItems: change_items.plan,
    ChangePaymentMethod: change_payment_method.plan,
    ReturnItems: return_items.plan,
    ExchangeItems: exchange_items.plan,
    ChangeDeliveryDay: reschedule_delivery.change_day,
    RedirectDelivery: reschedule_delivery.redirect,
    ReportDeliveryProblem: report_delivery_problem.plan,
}
_ACCOUNT_RULES: Mapping[type[Command], Callable[[Any, Case], Outcome]] = {
    ChangeDefaultAddress: edit_account.change_default_address,
    ChangeEmail: edit_account.change_email,
    ChangePhone: edit_account.change_phone,
    ChangeNewsletter: edit_account.change_newsletter,
    DeleteAccount: edit_account.delete_account,
}


async def preview(command: Command, *, conversation: str, shop: Shop, clock: Clock) -> Plan:
    """Returns what a command would do, and changes nothing.

    Raises:
        IdentityRequired: the conversation has not shown enough for this; carries the level needed.
        OrderNotFound: the text holds no order number, or the order is somebody else's.
        Refusal: the policy or the facts forbid it.
        NeedsApproval: a person decides; carries the plan.
    """
    async with shop.snapshot() as records:
        asked = _Request(command, conversation, key="", shop=shop, now=clock())
        return (await _decide(asked, records)).plan


async def perform(
    command: Command, *, conversation: str, key: str, expected: str, shop: Shop, clock: Clock
) -> Done:
    """Carries a command out: all of it and its entry in the ledger, or nothing.

    The same key does the same thing once, however often it comes, and answers the same.

    Args:
        command: what to do.
        conversation: who asks; what it has shown of its customer counts.
        key: one for each yes of the customer.
        expected: the digest of the plan that the customer said yes to.
        shop: the records and the rules.
        clock: the time.

    Raises:
        PlanChanged: it would not be what was expected; carries what it would be now.
        KeyReused: the key did something else before.
        IdentityRequired, OrderNotFound, Refusal, NeedsApproval: as in `preview`.
    """
    asked = _Request(command, conversation, key=key, shop=shop, now=clock())
    async with shop.records() as records:
        earlier = await records.ledger.find(conversation, key)
        if earlier:
            return _again(earlier, asked, await records.identities.of(conversation))
        outcome = await _decide(asked, records)
        if outcome.plan.digest != expected:
            raise PlanChanged(outcome.plan)
        entry = asked.entry(outcome.plan)
        await _keep(outcome, entry, records)
    return Done(reference=entry.reference, plan=entry.plan)


@dataclass(frozen=True, slots=True)
class _Request:
    """A command with all that is known about it before the records are looked at."""

    command: Command
    conversation: str
    key: str
    shop: Shop
    now: datetime

    @property
    def reference(self) -> str:
        """What the customer can quote: the same for the same key, telling nothing."""
        digest = sha256(f"{self.conversation}\n{self.key}".encode()).digest()
        return f"R-{base64.b32encode(digest)[:10].decode()}"

    def entry(self, plan: Plan) -> Entry:
        """Returns what the ledger keeps."""
        return Entry(
            reference=self.reference,
            conversation=self.conversation,
            key=self.key,
            at=self.now,
            command=canonical(self.command),
            plan=plan,
        )


async def _decide(asked: _Request, records: Records) -> Outcome:
    """Returns what a command does, if whoever asks may have it done and the rules allow it."""
    rules = asked.shop.policy.rules(asked.command.action)
    if rules is None:
        raise Refusal(Why.NOT_OFFERED)
    identity = await records.identities.of(asked.conversation)
    if isinstance(asked.command, OrderCommand):
        order = await _order(asked, asked.command, rules.level, identity, records)
        outcome = await _decide_for_order(asked, rules, order, records)
    else:
        outcome = await _decide_for_account(asked, rules.level, identity, records)
    limit = rules.approval_above_minor if isinstance(rules, OrderRules) else None
    if limit is not None and outcome.plan.cost_minor > limit:
        raise NeedsApproval(outcome.plan)
    return outcome


async def _order(
    asked: _Request,
    command: OrderCommand,
    level: IdentityLevel,
    identity: Identity | None,
    records: Records,
) -> Order:
    """Returns the order, if that much was shown for it; else the same whether or not there is one."""
    number = normalise_number(command.order, asked.shop.policy.order_numbers)
    order = await records.orders.find(number or "")
    if order and covers(identity, order, at=asked.now, level=level):
        return order
    if covers_account(identity, at=asked.now, level=level):
        raise OrderNotFound  # enough was shown, and it is none of theirs
    raise IdentityRequired(level)


async def _decide_for_order(
    asked: _Request, rules: ActionRules, order: Order, records: Records
) -> Outcome:
    ids = list(dict.fromkeys(line.product_id for line in order.lines))
    case = OrderCase(
        policy=asked.shop.policy,
        customer=await _customer(order.customer_id, records),
        now=asked.now,
        reference=asked.reference,
        order=order,
        products={product.id: product for product in await records.catalogue.find(ids)},
        delivery=asked.shop.delivery,
    )
    try:
        return _ORDER_RULES[type(asked.command)](asked.command, rules, case)
    except Refusal as refusal:
        possible = open_actions(order, asked.shop.policy)
        refusal.alternatives = tuple(each for each in possible if each != asked.command.action)
        raise


async def _decide_for_account(
    asked: _Request, level: IdentityLevel, identity: Identity | None, records: Records
) -> Outcome:
    if identity is None or not covers_account(identity, at=asked.now, level=level):
        raise IdentityRequired(level)
    case = Case(
        policy=asked.shop.policy,
        customer=await _customer(identity.customer_id, records),
        now=asked.now,
        reference=asked.reference,
    )
    outcome = _ACCOUNT_RULES[type(asked.command)](asked.command, case)
    if outcome.plan.email and await records.customers.with_email(outcome.plan.email):
        raise Refusal(Why.EMAIL_NOT_USABLE)
    return outcome


async def _customer(customer_id: str, records: Records) -> Customer:
    customer = await records.customers.find(customer_id)
    if customer is None:
        raise OrderNotFound
    return customer


async def _keep(outcome: Outcome, entry: Entry, records: Records) -> None:
    """Writes what changed, and that it did."""
    if outcome.order:
        await records.orders.save([outcome.order])
    await records.customers.save([outcome.customer])
    await records.catalogue.save(outcome.products)
    await records.ledger.add(entry)


def _again(entry: Entry, asked: _Request, identity: Identity | None) -> Done:
    """Returns what was answered before, as long as its customer is still there."""
    if identity is None or identity.customer_id != entry.plan.customer_id:
        raise IdentityRequired
    if not identity.level_at(asked.now).reaches(IdentityLevel.CLAIMED):
        raise IdentityRequired
    if entry.command != canonical(asked.command) or entry.plan.action != asked.command.action:
        raise KeyReused
    return Done(reference=entry.reference, plan=entry.plan)
