"""What is done about a bad delivery follows from the carriers' word, the policy and what was done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from shop.action_rules import Bounds
from shop.commands import Pieces, ReportDeliveryProblem
from shop.delivery_rules import ReportDeliveryProblemRules
from shop.delivery_terms import Carrier, DeliveryTerms, LateCompensation, Method
from shop.model import EventCode, Money, Order, OrderStatus, Parcel, TrackingEvent
from shop.plan import Outcome
from shop.problems import Problem, Resolution
from shop.refusal import Refusal, Why
from shop.rules.delivery_trouble import find_trouble
from shop.rules.remedies import remedies
from shop.rules.report_delivery_problem import plan

RULES = ReportDeliveryProblemRules()
BIKE = Method(
    carrier="Bike",
    countries=("DE",),
    minutes=Bounds(at_least=30, at_most=60),
    late_compensation=LateCompensation(after_minutes=10, amount_minor=500),
)
TERMS = DeliveryTerms(carriers={"Bike": Carrier()}, methods={"bike": BIKE})
ALL = (Pieces("1"),)
ONE = (Pieces("1", 1),)


@pytest.fixture
def sent(order: Order, noon: datetime) -> Callable[..., Order]:
    """Returns the order with one parcel: its last event and its promise so many hours from now."""

    def build(code: EventCode, hours: float, promised: float, **parcel: str) -> Order:
        events = tuple(
            TrackingEvent(at=noon + timedelta(hours=at), code=each, text="x")
            for each, at in ((EventCode.PICKED_UP, hours - 1), (code, hours))
        )
        one = Parcel(
            id="p",
            carrier="DHL",
            tracking_number="1",
            line_ids=("1",),
            promised_at=noon + timedelta(hours=promised),
            events=events,
        )
        is_there = code is EventCode.DELIVERED
        return replace(
            order,
            status=OrderStatus.DELIVERED if is_there else OrderStatus.SHIPPED,
            parcels=(replace(one, **parcel),),
        )

    return build


@pytest.fixture
def offered(case) -> Callable[..., tuple[str, list[str]]]:
    """Returns what the problem is judged to be, and what can be done about it."""

    def offered(order: Order, told: Problem, *pieces: Pieces, **facts) -> tuple[str, list[str]]:
        built = case(order, delivery=TERMS, **facts)
        trouble = find_trouble(told, pieces, built)
        return trouble.problem, [
            f"{each.resolution} {each.day}" if each.day else each.resolution.value
            for each in remedies(trouble, RULES, built)
        ]

    return offered


@pytest.fixture
def report(case) -> Callable[..., Outcome]:
    """Carries a report out."""

    def report(order: Order, *args, **facts) -> Outcome:
        command = ReportDeliveryProblem(order.number, *args)
        return plan(command, RULES, case(order, delivery=TERMS, **facts))

    return report


IN_TRANSIT, DELIVERED = EventCode.IN_TRANSIT, EventCode.DELIVERED


@pytest.mark.parametrize(
    ("told", "parcel", "expected"),
    [
        (Problem.LATE, (IN_TRANSIT, -5, -24), ("late", ["wait 2026-05-05"])),
        (Problem.NOT_RECEIVED, (IN_TRANSIT, -5, -24), ("late", ["wait 2026-05-05"])),
        (Problem.LATE, (IN_TRANSIT, -5, -49), ("late", ["trace 2026-05-07"])),
        (Problem.LATE, (IN_TRANSIT, -73, 24), ("stuck", ["trace 2026-05-07"])),
        (Problem.LATE, (EventCode.EXCEPTION, -5, 24), ("stuck", ["trace 2026-05-07"])),
        (Problem.LATE, (IN_TRANSIT, -200, -190), ("lost", ["resend", "refund"])),
        (Problem.LATE, (EventCode.RETURNED, -5, -190), ("lost", ["resend", "refund"])),
        (Problem.LATE, (EventCode.CUSTOMS, -24, 24), ("at-customs", ["wait 2026-05-06"])),
        (Problem.NOT_RECEIVED, (DELIVERED, -5, -24), ("not-received", ["wait 2026-05-05"])),
        (Problem.NOT_RECEIVED, (DELIVERED, -25, -24), ("not-received", ["trace 2026-05-07"])),
        (Problem.LATE, (DELIVERED, -25, -24), ("not-received", ["trace 2026-05-07"])),
    ],
)
def test_the_carriers_word_decides(offered, sent, told, parcel, expected):
    """Whatever it is called, a late parcel is waited for, a silent one traced, a lost one settled."""
    assert offered(sent(*parcel), told) == expected


@pytest.mark.parametrize("told", [Problem.DAMAGED, Problem.WRONG_ITEM, Problem.MISSING_ITEM])
def test_what_is_wrong_with_a_piece_is_settled_at_once(offered, sent, told):
    """A new one comes first, as long as there is one."""
    order = sent(DELIVERED, -25, -24)
    assert offered(order, told, *ONE) == (told, ["resend", "refund"])
    none_left = replace(order.lines[0], variant_id="kettle-gone")
    assert offered(replace(order, lines=(none_left,)), told, *ONE) == (told, ["refund"])


@pytest.mark.parametrize(
    ("parcel", "report", "why"),
    [
        ((IN_TRANSIT, -5, 24), (Problem.LATE,), Why.NOT_LATE),
        ((IN_TRANSIT, -5, 24), (Problem.NOT_RECEIVED,), Why.NOT_LATE),
        ((EventCode.ATTEMPT_FAILED, -5, 24), (Problem.LATE,), Why.NOT_LATE),
        ((EventCode.READY_FOR_PICKUP, -5, -9), (Problem.LATE,), Why.READY_FOR_PICKUP),
        ((IN_TRANSIT, -5, 24), (Problem.DAMAGED, *ONE), Why.NOT_DELIVERED),
        ((DELIVERED, -5, 24), (Problem.DAMAGED,), Why.NOTHING_CHOSEN),
        ((DELIVERED, -5, 24), (Problem.DAMAGED, Pieces("1", 9)), Why.TOO_MANY),
        ((DELIVERED, -24 * 15, 0), (Problem.DAMAGED, *ONE), Why.REPORTED_TOO_LATE),
        ((DELIVERED, -24 * 15, 0), (Problem.NOT_RECEIVED,), Why.REPORTED_TOO_LATE),
    ],
)
def test_nothing_is_promised_where_nothing_is_wrong(offered, sent, parcel, report, why):
    """A parcel in time, one that waits, and one that came long ago are refused with the reason."""
    with pytest.raises(Refusal) as refused:
        offered(sent(*parcel), *report)
    assert refused.value.why is why


def test_a_missing_piece_may_still_be_on_its_way(offered, sent):
    """It is waited for where it is in another parcel."""
    order = sent(IN_TRANSIT, -5, 24)
    assert offered(order, Problem.MISSING_ITEM, *ONE) == ("missing-item", ["wait 2026-05-05"])


def test_after_the_trace_the_customer_chooses(offered, report, sent, noon):
    """While the carrier looks for it there is nothing else to do; once it has not found it, there is."""
    order = sent(DELIVERED, -25, -24)
    traced = report(order, Problem.NOT_RECEIVED, Resolution.TRACE)
    assert (traced.plan.day, traced.plan.movements) == (date(2026, 5, 7), ())
    assert traced.order
    soon, later = noon + timedelta(days=1), noon + timedelta(days=3)
    asked = (traced.order, Problem.NOT_RECEIVED)
    assert offered(*asked, now=soon) == ("not-received", ["wait 2026-05-07"])
    assert offered(*asked, now=later) == ("not-received", ["resend", "refund"])


def test_a_refund_goes_back_as_it_was_paid(report, sent):
    """What paid most gets its money first, and no piece is settled twice."""
    order = sent(IN_TRANSIT, -200, -190)
    refunded = report(order, Problem.LATE, Resolution.REFUND)
    assert [(each.method_id, each.amount) for each in refunded.plan.movements] == [
        ("gift", Money(-10_000, "EUR")),
        ("visa", Money(-1_970, "EUR")),
    ]
    assert refunded.plan.cost_minor == 11_970
    assert refunded.order
    assert sum(each.amount.minor for each in refunded.order.payments) == 0
    assert refunded.customer.payment_methods[1].balance == Money(11_000, "EUR")
    with pytest.raises(Refusal) as refused:
        report(refunded.order, Problem.LATE, Resolution.REFUND)
    assert refused.value.why is Why.SETTLED_BEFORE


def test_a_new_delivery_takes_its_pieces_from_stock(report, sent):
    """Its worth counts as what it costs the shop."""
    order = sent(DELIVERED, -25, -24)
    resent = report(order, Problem.DAMAGED, Resolution.RESEND, ONE)
    (kettle,) = resent.products
    assert [variant.stock for variant in kettle.variants] == [4, 2]
    assert (resent.plan.cost_minor, resent.plan.movements) == (3990, ())
    assert resent.order
    (change,) = resent.order.changes
    assert (change.reason, change.resolution, change.lines[0].quantity) == ("damaged", "resend", 1)
    with pytest.raises(Refusal) as refused:
        report(resent.order, Problem.DAMAGED, Resolution.RESEND, ALL + ONE)
    assert refused.value.why is Why.TOO_MANY


def test_only_what_is_offered_can_be_chosen(report, sent):
    """A refund of a parcel that is a day late is refused with what can be done."""
    with pytest.raises(Refusal) as refused:
        report(sent(IN_TRANSIT, -5, -24), Problem.LATE, Resolution.REFUND)
    assert refused.value.why is Why.RESOLUTION_NOT_POSSIBLE
    assert refused.value.facts == {"resolutions": ["wait"]}


@pytest.mark.parametrize("code", [EventCode.OUT_FOR_DELIVERY, DELIVERED])
def test_a_late_rider_is_compensated_once(offered, report, sent, noon, code):
    """After the minutes that are allowed something goes back, whether it has come or not."""
    order = sent(code, -0.1, -0.5, method="bike", carrier="Bike")
    assert offered(order, Problem.LATE)[1] == ["compensation"]
    paid = report(order, Problem.LATE, Resolution.COMPENSATION)
    assert [each.amount for each in paid.plan.movements] == [Money(-500, "EUR")]
    assert paid.order
    assert "compensation" not in offered(paid.order, Problem.LATE)[1]
    in_time = sent(code, -0.1, -0.15, method="bike", carrier="Bike")
    assert "compensation" not in offered(in_time, Problem.LATE)[1]


def test_a_problem_without_a_course_is_a_persons(case, sent, noon):
    """What the policy leaves out is not decided by the bot."""
    built = case(sent(IN_TRANSIT, -200, -190), delivery=TERMS)
    trouble = find_trouble(Problem.LATE, (), built)
    with pytest.raises(Refusal) as refused:
        remedies(trouble, ReportDeliveryProblemRules(courses={}), built)
    assert refused.value.why is Why.NO_RESOLUTION
