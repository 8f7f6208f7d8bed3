"""Exchanges, addresses and payment methods."""

from dataclasses import replace

import pytest

from shop.action_rules import (
    ChangePaymentMethodRules,
    ChangeShippingAddressRules,
    ExchangeItemsRules,
)
from shop.commands import ChangePaymentMethod, ChangeShippingAddress, ExchangeItems, Swap
from shop.model import Action, Money
from shop.policy import Policy
from shop.refusal import Refusal, Why
from shop.rules import change_payment_method, change_shipping_address, exchange_items
from shop.rules.gate import open_actions
from shop.rules.pieces import choose


def test_an_exchange_keeps_the_new_pieces_back(case, delivered):
    """The line stays until the goods are there; the new ones leave the stock, the old do not return."""
    command = ExchangeItems("SK-1001", (Swap("1", "kettle-black", 2),), "gift")
    outcome = exchange_items.plan(command, ExchangeItemsRules(), case(delivered))
    assert outcome.order.lines == delivered.lines
    assert outcome.order.payments == delivered.payments
    assert [variant.stock for variant in outcome.products[0].variants] == [5, 0]
    (movement,) = outcome.plan.movements
    assert movement.amount == Money(-1000, "EUR")
    assert movement.is_after_receipt
    left = list(choose([("1", None)], outcome.order))
    assert [quantity for _, quantity in left] == [1]


def test_an_address_stays_in_its_country(case, order):
    """Delivery was reckoned for that country, unless the policy allows others."""
    abroad = replace(order.address, country="FR")
    command = ChangeShippingAddress("SK-1001", abroad)
    with pytest.raises(Refusal) as refused:
        change_shipping_address.plan(command, ChangeShippingAddressRules(), case(order))
    assert (refused.value.why, refused.value.facts) == (Why.OTHER_COUNTRY, {"country": "DE"})
    free = ChangeShippingAddressRules(same_country=False)
    assert change_shipping_address.plan(command, free, case(order)).order.address == abroad


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, Why.SAME_ADDRESS),
        ({"line1": " "}, Why.INCOMPLETE_ADDRESS),
        ({"postcode": ""}, Why.INCOMPLETE_ADDRESS),
    ],
)
def test_an_address_is_new_and_whole(case, order, change, why):
    """The same one and one with a hole are refused."""
    command = ChangeShippingAddress("SK-1001", replace(order.address, **change))
    with pytest.raises(Refusal) as refused:
        change_shipping_address.plan(command, ChangeShippingAddressRules(), case(order))
    assert refused.value.why is why


def test_one_method_pays_for_all_and_the_others_get_theirs_back(case, order):
    """PayPal pays the total; the gift card's balance grows by its part."""
    command = ChangePaymentMethod("SK-1001", "paypal")
    outcome = change_payment_method.plan(command, ChangePaymentMethodRules(), case(order))
    assert [(each.method_id, each.amount.minor) for each in outcome.plan.movements] == [
        ("paypal", 11_970),
        ("gift", -10_000),
        ("visa", -1_970),
    ]
    balances = {method.id: method.balance for method in outcome.customer.payment_methods}
    assert balances["gift"] == Money(11_000, "EUR")


def test_the_state_of_an_order_says_what_is_open(order, delivered):
    """What is pending can be changed, what is delivered given back, and nothing that is not offered."""
    assert set(open_actions(delivered, Policy())) == {
        Action.EXCHANGE_ITEMS,
        Action.RETURN_ITEMS,
        Action.REPORT_DELIVERY_PROBLEM,
    }
    without = Policy(change_items=None)
    assert set(open_actions(order, without)) == {
        Action.CANCEL_ORDER,
        Action.CHANGE_SHIPPING_ADDRESS,
        Action.CHANGE_PAYMENT_METHOD,
    }
