"""Telling of a delivery that went wrong, and having something done about it."""

from actions.agenda.kind import Kind
from actions.agenda.orders import WhichOrder
from actions.agenda.problems import AffectedThings, WhichProblem, WhichResolution, affected_pieces
from actions.agenda.request import Request
from actions.agenda.view import View
from shop.commands import ReportDeliveryProblem
from shop.model import Action
from shop.problems import Problem, Resolution


def _command(request: Request, _: View) -> ReportDeliveryProblem:
    return ReportDeliveryProblem(
        request.orders[0],
        problem=Problem(request.chosen["problem"]),
        resolution=Resolution(request.chosen["resolution"]),
        pieces=affected_pieces(request),
    )


KIND = Kind(
    name="report_delivery_problem",
    verb="do",
    needs=(
        WhichOrder(Action.REPORT_DELIVERY_PROBLEM),
        WhichProblem(),
        AffectedThings(Action.REPORT_DELIVERY_PROBLEM),
        WhichResolution(),
    ),
    actions=(Action.REPORT_DELIVERY_PROBLEM,),
    command=_command,
)
