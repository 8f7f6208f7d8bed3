"""A difference that goes back follows what was paid."""

from dataclasses import replace

from shop.action_rules import ChangeItemsRules, ExchangeItemsRules
from shop.commands import ChangeItems, ExchangeItems, Swap
from shop.model import Action, Money, Payment
from shop.rules import change_items, exchange_items

SWAP = (Swap("1", "kettle-black", 2),)  # ten euros cheaper


def test_no_method_gets_more_back_than_it_paid(case, order, delivered, noon):
    """Visa paid four euros: it gets those, and the gift card the other six."""
    payments = (
        Payment(at=noon, method_id="gift", amount=Money(11_570, "EUR")),
        Payment(at=noon, method_id="visa", amount=Money(400, "EUR")),
    )
    changed = change_items.plan(
        ChangeItems("SK-1001", SWAP, "visa"),
        ChangeItemsRules(),
        case(replace(order, payments=payments)),
    )
    exchanged = exchange_items.plan(
        ExchangeItems("SK-1001", SWAP, "visa"),
        ExchangeItemsRules(),
        case(replace(delivered, payments=payments)),
    )
    for outcome in (changed, exchanged):
        assert outcome.plan.difference == Money(-1000, "EUR")
        assert [(each.method_id, each.amount.minor) for each in outcome.plan.movements] == [
            ("visa", -400),
            ("gift", -600),
        ]
    assert exchanged.order.changes[-1].action is Action.EXCHANGE_ITEMS


def test_any_method_takes_all_where_the_policy_lets_it(case, order):
    """PayPal paid nothing and gets the whole difference."""
    outcome = change_items.plan(
        ChangeItems("SK-1001", SWAP, "paypal"),
        ChangeItemsRules(refund_to=("any",)),
        case(order),
    )
    assert [(each.method_id, each.amount.minor) for each in outcome.plan.movements] == [
        ("paypal", -1000)
    ]
