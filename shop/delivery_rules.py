"""The rules of deliveries that a policy file may set. Defaults are the demo shop's."""

from collections.abc import Mapping

from pydantic import Field, NonNegativeInt, PositiveInt

from shop.action_rules import OrderRules, Section
from shop.model import Action, IdentityLevel, OrderStatus
from shop.problems import Problem, Resolution

_ON_ITS_WAY = (OrderStatus.PROCESSED, OrderStatus.SHIPPED)


class RedirectDeliveryRules(OrderRules):
    """When a parcel may go to a pick-up point instead."""

    statuses: tuple[OrderStatus, ...] = _ON_ITS_WAY
    not_after: tuple[Action, ...] = (Action.REDIRECT_DELIVERY,)


class ChangeDeliveryDayRules(OrderRules):
    """When a parcel may come on another day."""

    level: IdentityLevel = IdentityLevel.CLAIMED
    statuses: tuple[OrderStatus, ...] = _ON_ITS_WAY
    not_after: tuple[Action, ...] = (Action.CHANGE_DELIVERY_DAY, Action.REDIRECT_DELIVERY)
    days_ahead: PositiveInt = 7  # from the promised date


class Course(Section):
    """What is done about a problem, one after the other: waiting, a trace, then the choice."""

    report_within_days: PositiveInt | None = None  # from the delivery
    wait_days: NonNegativeInt = 0  # from the delivery, the promise or the last event
    trace_days: NonNegativeInt = 0  # how long a carrier may look for it; 0: it is not asked
    then: tuple[Resolution, ...] = (Resolution.RESEND, Resolution.REFUND)  # best first


_COURSES = {
    Problem.NOT_RECEIVED: Course(report_within_days=14, wait_days=1, trace_days=3),
    Problem.DAMAGED: Course(report_within_days=14),
    Problem.WRONG_ITEM: Course(report_within_days=14),
    Problem.MISSING_ITEM: Course(report_within_days=14),
    Problem.LATE: Course(wait_days=2, trace_days=3),
    Problem.STUCK: Course(trace_days=3),
    Problem.LOST: Course(),
    Problem.AT_CUSTOMS: Course(wait_days=3, trace_days=5, then=(Resolution.REFUND,)),
}


class ReportDeliveryProblemRules(OrderRules):
    """What is done about deliveries that went wrong."""

    statuses: tuple[OrderStatus, ...] = (*_ON_ITS_WAY, OrderStatus.DELIVERED)
    approval_above_minor: PositiveInt | None = 30_000
    courses: Mapping[Problem, Course] = Field(default_factory=_COURSES.copy)
