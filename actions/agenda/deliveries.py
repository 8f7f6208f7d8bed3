"""On which other day, or at which place, a parcel shall be handed over."""

import re
from collections.abc import Sequence
from datetime import date

from actions.agenda.addresses import one_line
from actions.agenda.need import Choice, Need, Question, Stop
from actions.agenda.orders import WhichOrder
from actions.agenda.request import Request
from actions.agenda.view import View
from actions.resolve import which_choice, which_day
from actions.wording import day
from shop.delivery_terms import PickUpPoint
from shop.hand_over import coded_parcel
from shop.model import Action, Order
from shop.refusal import Refusal, Why
from shop.rules.reschedule_delivery import possible_days, possible_points

_PLACE = re.compile(
    r"\b(?:pick[- ]?up|collect\w*|parcel (?:shop|station)|packing station|packstation|locker|branch|"
    r"post office|kiosk|shop near)\b",
    re.IGNORECASE,
)
_DAYS, _POINTS = 3, 3  # how many are offered


class DayOrPlace(Need):
    """Another day, or a pick-up point; `day` or `point` once it is known."""

    name = "delivery_wish"
    faults = frozenset({Why.DAY_NOT_POSSIBLE, Why.PICK_UP_POINT_NOT_POSSIBLE})

    def is_met(self, request: Request) -> bool:
        """Tells whether one of them is known."""
        return bool(request.chosen.get("day") or request.chosen.get("point"))

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes the place or the day that the text names."""
        before = dict(request.chosen)
        points = _points(request, view)
        if _PLACE.search(text):
            request.chosen |= {"place": True, "day": ""}
        if request.chosen.get("place") and (point := _named(text, points)):
            request.chosen |= {"point": point.id, "day": ""}
        elif moment := which_day(text, view.now, time_zone=view.delivery.time_zone):
            meant = view.delivery.day(moment).isoformat()
            request.chosen |= {"day": meant, "point": "", "place": False}
        elif not request.chosen.get("place") and not _days(request, view):
            request.chosen["day"] = view.delivery.day(view.now).isoformat()  # the shop says why not
        return request.chosen != before

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Offers days and a place, or the places where one is wanted."""
        points = _points(request, view)[:_POINTS]
        if request.chosen.get("place"):
            if not points:
                return Stop("utter_no_pick_up_point")
            choices = [Choice(one_line(each.address), each.name) for each in points]
            return Question("utter_ask_pick_up_point", choices=choices, is_listed=True)
        days = [day(each, view.locale) for each in _days(request, view)[:_DAYS]]
        choices = [Choice(each, each) for each in days]
        if points:
            place = view.wording.say("utter_choice_pick_up_point")
            choices.append(Choice(place, place))
        return Question("utter_ask_delivery_wish", {"order": request.order or ""}, choices)

    def reopen(self, request: Request) -> None:
        """Forgets day and place."""
        for name in ("day", "point"):
            request.chosen.pop(name, None)


class CodedOrder(WhichOrder):
    """An order of which something is handed over for a code."""

    def __init__(self) -> None:
        super().__init__(Action.REPORT_DELIVERY_PROBLEM)

    def _open(self, view: View) -> list[Order]:
        return [order for order in view.orders if coded_parcel(order)]


def _days(request: Request, view: View) -> tuple[date, ...]:
    rules = view.policy.change_delivery_day
    try:
        return possible_days(rules, view.case(request.order)) if rules else ()
    except Refusal:
        return ()


def _points(request: Request, view: View) -> tuple[PickUpPoint, ...]:
    try:
        return possible_points(view.case(request.order)) if view.policy.redirect_delivery else ()
    except Refusal:
        return ()


def _named(text: str, points: Sequence[PickUpPoint]) -> PickUpPoint | None:
    """Returns the place that a text names, or the only one that there is."""
    if len(points) == 1:
        return points[0]
    place = which_choice(text, [f"{each.name} {each.line1}" for each in points]).winner
    return points[place] if place is not None else None
