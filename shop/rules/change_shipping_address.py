"""Sending an order elsewhere."""

from dataclasses import replace

from shop.action_rules import ChangeShippingAddressRules
from shop.commands import ChangeShippingAddress
from shop.model import OrderChange
from shop.plan import OrderCase, Outcome, Plan
from shop.refusal import Refusal, Why
from shop.rules import gate
from shop.rules.addresses import require_new


def plan(
    command: ChangeShippingAddress, rules: ChangeShippingAddressRules, case: OrderCase
) -> Outcome:
    """Returns what sending it elsewhere does."""
    order = case.order
    gate.require_open(rules, order)
    require_new(command.address, order.address)
    if rules.same_country and command.address.country != order.address.country:
        raise Refusal(Why.OTHER_COUNTRY, country=order.address.country)
    change = OrderChange(reference=case.reference, action=command.action, at=case.now)
    return Outcome(
        plan=Plan(
            action=command.action,
            customer_id=order.customer_id,
            order=order.number,
            address=command.address,
        ),
        customer=case.customer,
        order=replace(order, address=command.address, changes=(*order.changes, change)),
    )
