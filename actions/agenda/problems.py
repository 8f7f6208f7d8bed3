"""What is wrong with a delivery, with which things, and what shall be done about it."""

from actions.agenda.need import Choice, Need, Question, Stop
from actions.agenda.request import Item, Request
from actions.agenda.things import Things
from actions.agenda.view import View
from actions.dialogue import PERSON
from actions.resolve import which_problem, which_resolution
from actions.wording import day
from shop.commands import Pieces
from shop.delivery import DeliveryState, assess_order
from shop.delivery_rules import ReportDeliveryProblemRules
from shop.model import OrderStatus
from shop.prices import price
from shop.problems import TOLD, Problem, Resolution
from shop.refusal import Refusal, Why
from shop.rules.delivery_trouble import find_trouble
from shop.rules.remedies import Remedy, remedies

_OF_ITEMS = {Problem.DAMAGED, Problem.WRONG_ITEM, Problem.MISSING_ITEM}


class WhichProblem(Need):
    """What is wrong; where nothing has arrived yet it can only be late."""

    name = "problem"
    faults = frozenset({Why.NOT_DELIVERED})

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known."""
        return self.name in request.chosen

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes the problem that the text tells of."""
        problem = which_problem(text)
        if problem is None and not self.is_met(request) and _is_all_to_come(request, view):
            problem = Problem.LATE
        if problem is None or problem == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = problem.value
        return True

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Names the problems."""
        titles = [view.wording.reason(each) for each in TOLD]
        return Question(
            "utter_ask_problem",
            {"order": request.order or ""},
            [Choice(title[:1].upper() + title[1:], title) for title in titles],
        )


class AffectedThings(Things):
    """Which things are damaged, wrong or missing; other problems are of whole parcels."""

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known, or nothing has to be."""
        return not _is_of_items(request) or super().is_met(request)

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes what the text names, or the only thing in the order."""
        if not _is_of_items(request):
            return False
        if super().read(text, request, view):
            return True
        lines = view.order(request.order).lines
        if len(lines) > 1:
            return False
        request.items = [Item(order=request.orders[0], line=lines[0].id)]
        return True

    def correct(self, text: str, request: Request, view: View) -> bool:
        """Takes other things."""
        return _is_of_items(request) and super().correct(text, request, view)


class WhichResolution(Need):
    """What shall be done, of what the shop offers for this order."""

    name = "resolution"
    faults = frozenset({Why.RESOLUTION_NOT_POSSIBLE})

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known."""
        return self.name in request.chosen

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes what the text wants, be it possible or not: the shop says why not."""
        said = which_resolution(text)
        if said is None and not self.is_met(request):
            offered = _offered(request, view)
            if len(offered) > 1:
                return False
            said = offered[0].resolution if offered else Resolution.WAIT
        if said is None or said == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = said.value
        return True

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Offers what is possible, best first, and a person."""
        titles = [remedy_title(each, view) for each in _offered(request, view)]
        choices = [Choice(title, title) for title in titles]
        person = Choice(view.wording.say("utter_talk_to_person"), PERSON)
        return Question("utter_ask_resolution", choices=[*choices, person])


def affected_pieces(request: Request) -> tuple[Pieces, ...]:
    """Returns the pieces that a report is about; none where it is about whole parcels."""
    items = request.items if _is_of_items(request) else ()
    return tuple(Pieces(item.line, item.quantity) for item in items)


def remedy_title(remedy: Remedy, view: View) -> str:
    """Returns what can be done, as it is offered."""
    return view.wording.say(
        f"utter_choice_{remedy.resolution}",
        day=day(remedy.day, view.locale) if remedy.day else "",
        amount=price(remedy.amount, view.locale) if remedy.amount else "",
    )


def _offered(request: Request, view: View) -> tuple[Remedy, ...]:
    """Returns what can be done; nothing where the shop refuses, as it will say by itself."""
    rules = view.policy.report_delivery_problem or ReportDeliveryProblemRules()
    case = view.case(request.order)
    try:
        trouble = find_trouble(Problem(request.chosen["problem"]), affected_pieces(request), case)
        return remedies(trouble, rules, case)
    except Refusal:
        return ()


def _is_of_items(request: Request) -> bool:
    return request.chosen.get("problem") in _OF_ITEMS


def _is_all_to_come(request: Request, view: View) -> bool:
    order = view.order(request.order)
    parcels = assess_order(order, view.delivery, view.now)
    return order.status is not OrderStatus.DELIVERED and all(
        each.state is not DeliveryState.DELIVERED for each in parcels
    )
