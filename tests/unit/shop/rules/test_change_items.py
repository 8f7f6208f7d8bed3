"""Items of an order that was not sent yet become others, and the difference is settled."""

from dataclasses import replace

import pytest

from shop.action_rules import ChangeItemsRules
from shop.commands import ChangeItems, Swap
from shop.model import Money
from shop.policy import Policy, Stock
from shop.refusal import Refusal, Why
from shop.rules.change_items import plan

RULES = ChangeItemsRules()


def command(*swaps: Swap, by: str = "visa") -> ChangeItems:
    return ChangeItems("SK-1001", swaps, by)


def refusal(command: ChangeItems, case) -> Why:
    with pytest.raises(Refusal) as refused:
        plan(command, RULES, case)
    return refused.value.why


def test_some_pieces_of_a_line_become_a_line_of_their_own(case, order):
    """Two of three kettles are black afterwards, at the black one's price."""
    outcome = plan(command(Swap("1", "kettle-black", 2)), RULES, case(order))
    assert [
        (line.id, line.variant_id, line.quantity, line.price.minor) for line in outcome.order.lines
    ] == [("1", "kettle-red", 1, 3990), ("1.2", "kettle-black", 2, 3490)]
    assert outcome.plan.difference == Money(-1000, "EUR")
    assert outcome.order.payments[-1].amount == Money(-1000, "EUR")


def test_stock_moves_with_the_pieces(case, order):
    """What is taken goes, what is given back comes."""
    (kettle,) = plan(command(Swap("1", "kettle-black", 2)), RULES, case(order)).products
    assert [variant.stock for variant in kettle.variants] == [7, 0]


def test_all_swaps_together_need_the_stock(case, order):
    """Two swaps to the same variant count together."""
    both = command(Swap("1", "kettle-black", 2), Swap("1", "kettle-black", 1))
    assert refusal(both, case(order)) is Why.OUT_OF_STOCK
    available = case(order, policy=Policy(stock=Stock(counted=False)))
    assert plan(both, RULES, available).plan.difference == Money(-1500, "EUR")


def test_a_difference_goes_back_to_what_paid(case, order):
    """The policy's destinations hold: a card that paid nothing gets nothing."""
    cheaper = Swap("1", "kettle-black", 1)
    assert refusal(command(cheaper, by="paypal"), case(order)) is Why.REFUND_DESTINATION
    outcome = plan(command(cheaper, by="gift"), RULES, case(order))
    balances = {method.id: method.balance for method in outcome.customer.payment_methods}
    assert balances["gift"] == Money(1500, "EUR")


def test_equal_prices_move_no_money(case, order, kettle):
    """Where nothing is to be paid there is no payment."""
    red, black = kettle.variants
    same = replace(kettle, variants=(red, replace(black, price=red.price)))
    facts = replace(case(order), products={"kettle": same})
    outcome = plan(command(Swap("1", "kettle-black", 1)), RULES, facts)
    assert outcome.plan.movements == ()
    assert outcome.order.payments == order.payments


@pytest.mark.parametrize("quantity", [0, -1, 4])
def test_no_more_pieces_than_there_are(case, order, quantity):
    """None, fewer than none and more than bought are refused."""
    assert refusal(command(Swap("1", "kettle-black", quantity)), case(order)) is Why.TOO_MANY


def test_another_currency_cannot_be_reckoned(case, order, kettle):
    """A variant that is priced in another currency is refused."""
    red, black = kettle.variants
    abroad = replace(kettle, variants=(red, replace(black, price=Money(1, "CHF"))))
    facts = replace(case(order), products={"kettle": abroad})
    assert refusal(command(Swap("1", "kettle-black", 1)), facts) is Why.OTHER_CURRENCY


def test_a_product_that_is_gone_has_no_options(case, order):
    """Nothing can be swapped once the catalogue has lost the product."""
    facts = replace(case(order), products={})
    assert refusal(command(Swap("1", "kettle-black")), facts) is Why.NOT_AN_OPTION


def test_nothing_chosen_is_refused(case, order):
    """A swap of nothing is none."""
    assert refusal(command(), case(order)) is Why.NOTHING_CHOSEN
