"""A parcel on its way comes on another day or to another place, as far as its carrier goes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shop.action_rules import Bounds
from shop.commands import ChangeDeliveryDay, RedirectDelivery
from shop.delivery_rules import ChangeDeliveryDayRules, RedirectDeliveryRules
from shop.delivery_terms import Carrier, DeliveryTerms, Method, PickUpPoint, Way
from shop.model import EventCode, Order, OrderStatus, Parcel, TrackingEvent
from shop.plan import OrderCase
from shop.refusal import Refusal, Why
from shop.rules.reschedule_delivery import change_day, possible_days, possible_points, redirect

DAYS, PLACES = ChangeDeliveryDayRules(), RedirectDeliveryRules()
FORTNIGHT = Bounds(at_least=1, at_most=14)


def point(point_id: str, postcode: str, carrier: str = "DHL", country: str = "DE") -> PickUpPoint:
    """Returns a place."""
    return PickUpPoint(
        id=point_id,
        carrier=carrier,
        name=f"Shop {point_id}",
        line1="Weg 1",
        postcode=postcode,
        city="Berlin",
        country=country,
    )


TERMS = DeliveryTerms(
    carriers={"DHL": Carrier(), "Bike": Carrier(redirects=False)},
    methods={
        "standard": Method(carrier="DHL", countries=("DE",), days=FORTNIGHT),
        "locker": Method(carrier="DHL", way=Way.LOCKER, countries=("DE",), days=FORTNIGHT),
    },
    pick_up_points=(
        point("far", "20259"),
        point("near", "10559"),
        point("bike", "10559", carrier="Bike"),
        point("abroad", "10559", country="AT"),
    ),
)


@pytest.fixture
def sent(order: Order, case, noon: datetime) -> Callable[..., OrderCase]:
    """Returns the case of an order in one parcel, promised for tomorrow, Tuesday."""

    def build(code: EventCode = EventCode.IN_TRANSIT, **parcel: str) -> OrderCase:
        events = tuple(
            TrackingEvent(at=noon - timedelta(hours=ago), code=each, text="x")
            for each, ago in ((EventCode.PICKED_UP, 9), (code, 5))
        )
        one = Parcel(
            id="p",
            carrier="DHL",
            tracking_number="1",
            line_ids=("1",),
            promised_at=noon + timedelta(days=1),
            events=events,
        )
        parcels = (replace(one, **parcel),)
        shipped = replace(order, status=OrderStatus.SHIPPED, parcels=parcels)
        return case(shipped, delivery=TERMS)

    return build


def test_a_later_day_is_promised_from_then_on(sent):
    """Until the evening of that day, where the shop is."""
    outcome = change_day(ChangeDeliveryDay("SK-1001", date(2026, 5, 8)), DAYS, sent())
    assert outcome.plan.day == date(2026, 5, 8)
    assert outcome.order
    evening = datetime(2026, 5, 8, 18, tzinfo=UTC)
    assert outcome.order.promised_at == outcome.order.parcels[0].promised_at == evening
    assert outcome.order.changes[0].day == date(2026, 5, 8)


def test_days_are_those_on_which_parcels_come(sent):
    """From the promised one on, for a week, without the Sunday."""
    days = [each.day for each in possible_days(DAYS, sent())]
    assert days == [5, 6, 7, 8, 9, 11, 12]


@pytest.mark.parametrize("day", [date(2026, 5, 4), date(2026, 5, 10), date(2026, 5, 13)])
def test_another_day_is_refused_with_those_that_are_possible(sent, day):
    """Today, a Sunday and one too far ahead."""
    with pytest.raises(Refusal) as refused:
        change_day(ChangeDeliveryDay("SK-1001", day), DAYS, sent())
    assert refused.value.why is Why.DAY_NOT_POSSIBLE
    assert refused.value.facts == {"first": date(2026, 5, 5), "last": date(2026, 5, 12)}


def test_a_parcel_waits_at_a_pick_up_point(sent):
    """Those of its carrier in its country are offered, the nearest first; it keeps its address."""
    case = sent()
    assert [each.id for each in possible_points(case)] == ["near", "far"]
    outcome = redirect(RedirectDelivery("SK-1001", "far"), PLACES, case)
    assert outcome.plan.address
    assert outcome.plan.address.line1 == "Shop far, Weg 1"
    assert outcome.order
    assert outcome.order.parcels[0].pick_up_point == "far"
    assert outcome.order.address == case.order.address


@pytest.mark.parametrize("point_id", ["bike", "abroad", "nowhere"])
def test_other_places_are_refused(sent, point_id):
    """A carrier takes its parcels to its own places."""
    with pytest.raises(Refusal) as refused:
        redirect(RedirectDelivery("SK-1001", point_id), PLACES, sent())
    assert refused.value.why is Why.PICK_UP_POINT_NOT_POSSIBLE


@pytest.mark.parametrize(
    ("code", "parcel"),
    [
        (EventCode.OUT_FOR_DELIVERY, {}),
        (EventCode.READY_FOR_PICKUP, {}),
        (EventCode.CUSTOMS, {}),
        (EventCode.IN_TRANSIT, {"carrier": "Bike"}),
        (EventCode.IN_TRANSIT, {"method": "locker"}),
        (EventCode.IN_TRANSIT, {"pick_up_point": "far"}),
    ],
)
def test_what_takes_no_wishes_is_refused(sent, code, parcel):
    """Too near, at customs, by a carrier that takes none, or to a place where it waits anyway."""
    case = sent(code, **parcel)
    for command, rules, plan in (
        (ChangeDeliveryDay("SK-1001", date(2026, 5, 8)), DAYS, change_day),
        (RedirectDelivery("SK-1001", "near"), PLACES, redirect),
    ):
        with pytest.raises(Refusal) as refused:
            plan(command, rules, case)
        assert refused.value.why is Why.NOT_REDIRECTABLE


def test_a_missed_delivery_can_be_had_again(sent):
    """Nobody was in, so another day may be chosen."""
    command = ChangeDeliveryDay("SK-1001", date(2026, 5, 6))
    assert change_day(command, DAYS, sent(EventCode.ATTEMPT_FAILED)).plan.day == command.day
