"""Delivered pieces come back for their price, in time, and to the methods that paid."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shop.action_rules import ReturnItemsRules, WayBack, Window
from shop.commands import Pieces, ReturnItems
from shop.model import ChangeStatus, Money
from shop.refusal import Refusal, Why
from shop.rules.return_items import plan

RULES = ReturnItemsRules()


def command(quantity: int | None = None, *, to: str = "gift", reason: str = "other") -> ReturnItems:
    return ReturnItems("SK-1001", (Pieces("1", quantity),), to, reason)


def refunds(outcome) -> list[tuple[str, int]]:
    return [(each.method_id, each.amount.minor) for each in outcome.plan.movements]


def test_the_chosen_method_gets_no_more_than_it_paid(case, delivered):
    """The rest goes back the way it was paid."""
    assert refunds(plan(command(), RULES, case(delivered))) == [("gift", -10_000), ("visa", -1_970)]
    assert refunds(plan(command(to="visa"), RULES, case(delivered))) == [
        ("visa", -1_970),
        ("gift", -10_000),
    ]
    assert refunds(plan(command(1), RULES, case(delivered))) == [("gift", -3_990)]


def test_what_open_returns_promise_is_not_promised_again(case, delivered):
    """Three returns of a kettle each get together what was paid, method by method."""
    order, found = delivered, []
    for _ in range(3):
        outcome = plan(command(1), RULES, case(order))
        found.append(refunds(outcome))
        order = outcome.order
    assert found == [[("gift", -3990)], [("gift", -3990)], [("gift", -2020), ("visa", -1970)]]
    with pytest.raises(Refusal) as refused:
        plan(command(1), RULES, case(order))
    assert (refused.value.why, refused.value.facts["left"]) == (Why.TOO_MANY, 0)


def test_a_return_waits_for_the_goods(case, delivered, ada):
    """No money moves yet; handling and the bank both take their days."""
    outcome = plan(command(1, to="visa"), RULES, case(delivered))
    assert outcome.order.payments == delivered.payments
    assert outcome.customer == ada
    assert outcome.order.changes[-1].status is ChangeStatus.REQUESTED
    movement = outcome.plan.movements[0]
    assert movement.is_after_receipt
    assert (movement.days_at_least, movement.days_at_most) == (3, 12)


@pytest.mark.parametrize(("days", "is_possible"), [(0, True), (30, True), (31, False)])
def test_the_window_is_counted_from_delivery(case, delivered, noon, days, is_possible):
    """The last day counts; after it the facts say how long it has been."""
    later = case(delivered, now=noon + timedelta(days=days, hours=23))
    if is_possible:
        assert plan(command(), RULES, later)
    else:
        with pytest.raises(Refusal) as refused:
            plan(command(), RULES, later)
        assert refused.value.why is Why.WINDOW_OVER
        assert refused.value.facts == {
            "title": "Kettle Étna",
            "delivered_days": 31,
            "window_days": 30,
        }


def test_a_category_may_have_its_own_window(case, delivered, noon):
    """Kitchen things for a day only, or never."""
    later = case(delivered, now=noon + timedelta(days=2))
    short = replace_window(Window(days_by_category={"Kitchen": 1}))
    never = replace_window(Window(never=("Kitchen",)))
    for rules, why in ((short, Why.WINDOW_OVER), (never, Why.NOT_RETURNABLE)):
        with pytest.raises(Refusal) as refused:
            plan(command(), rules, later)
        assert refused.value.why is why


def replace_window(window: Window) -> ReturnItemsRules:
    return RULES.model_copy(update={"window": window})


def test_without_a_scan_the_window_runs_from_the_order(case, delivered, noon):
    """Where no carrier told of the delivery, the day of the order counts."""
    unscanned = replace(delivered, parcels=())
    late = case(unscanned, now=noon + timedelta(days=28, hours=1))  # placed three days earlier
    with pytest.raises(Refusal) as refused:
        plan(command(), RULES, late)
    assert refused.value.facts["delivered_days"] == 31


@pytest.mark.parametrize(
    ("country", "reason", "payer"),
    [
        ("DE", "other", "shop"),
        ("GB", "other", "customer"),
        ("GB", "faulty", "shop"),
    ],
)
def test_who_pays_the_way_back(case, delivered, country, reason, payer):
    """The country decides, unless the shop is at fault."""
    order = replace(delivered, address=replace(delivered.address, country=country))
    assert plan(command(reason=reason), RULES, case(order)).plan.way_back_paid_by == payer


def test_the_shop_may_let_customers_pay_the_way_back(case, delivered):
    """As the policy says, or it says nothing."""
    for way_back, payer in ((WayBack(customer_pays=True), "customer"), (None, None)):
        rules = RULES.model_copy(update={"way_back": way_back})
        assert plan(command(), rules, case(delivered)).plan.way_back_paid_by == payer


def test_another_gift_card_may_take_all(case, delivered):
    """Where the policy allows gift cards, one that paid nothing gets the whole refund."""
    rules = RULES.model_copy(update={"refund_to": ("gift-card",)})
    payments = (replace(delivered.payments[0], method_id="visa", amount=Money(11_970, "EUR")),)
    outcome = plan(command(), rules, case(replace(delivered, payments=payments)))
    assert refunds(outcome) == [("gift", -11_970)]


def test_a_discount_is_not_paid_out(case, delivered):
    """No more goes back than was paid for the whole order."""
    outcome = plan(
        command(to="visa"), RULES, case(replace(delivered, payments=delivered.payments[1:]))
    )
    assert refunds(outcome) == [("visa", -1_970)]


def test_a_reason_is_one_of_the_shops(case, delivered):
    """An unknown one is refused with those that are accepted."""
    with pytest.raises(Refusal) as refused:
        plan(command(reason="because"), RULES, case(delivered))
    assert refused.value.facts["accepted"] == RULES.reasons
