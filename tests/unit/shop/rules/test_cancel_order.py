"""Cancelling pays everything back the way it was paid, and puts the goods back."""

from dataclasses import replace

from shop.action_rules import CancelOrderRules
from shop.commands import CancelOrder
from shop.model import Money, Payment
from shop.policy import Policy, Stock
from shop.rules.cancel_order import plan

COMMAND = CancelOrder("SK-1001", "other")


def test_each_method_gets_its_part_back(case, order):
    """The gift card's balance grows at once, the card is paid back in some days."""
    outcome = plan(COMMAND, CancelOrderRules(), case(order))
    gift, visa = outcome.plan.movements
    assert (gift.method_id, gift.amount, gift.days_at_most) == ("gift", Money(-10_000, "EUR"), 0)
    assert (visa.method_id, visa.amount, visa.days_at_most) == ("visa", Money(-1_970, "EUR"), 7)
    balances = {method.id: method.balance for method in outcome.customer.payment_methods}
    assert balances == {"visa": None, "gift": Money(11_000, "EUR"), "paypal": None}
    assert sum(payment.amount.minor for payment in outcome.order.payments) == 0


def test_what_was_paid_back_before_is_not_paid_twice(case, order, noon):
    """Only what a method has still paid goes back to it."""
    refund = Payment(at=noon, method_id="gift", amount=Money(-10_000, "EUR"))
    outcome = plan(
        COMMAND, CancelOrderRules(), case(replace(order, payments=(*order.payments, refund)))
    )
    assert [(each.method_id, each.amount.minor) for each in outcome.plan.movements] == [
        ("visa", -1_970)
    ]


def test_a_method_that_is_gone_is_still_paid_back(case, order, ada):
    """A card that was deleted from the account gets its money as other methods do."""
    outcome = plan(
        COMMAND, CancelOrderRules(), case(order, customer=replace(ada, payment_methods=()))
    )
    assert [each.kind for each in outcome.plan.movements] == ["other", "other"]


def test_the_pieces_are_in_stock_again(case, order):
    """Three red kettles come back, where stock is counted."""
    (kettle,) = plan(COMMAND, CancelOrderRules(), case(order)).products
    assert [variant.stock for variant in kettle.variants] == [8, 2]
    uncounted = case(order, policy=Policy(stock=Stock(counted=False)))
    assert plan(COMMAND, CancelOrderRules(), uncounted).products == ()
