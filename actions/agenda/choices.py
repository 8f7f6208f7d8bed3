"""What is chosen from what the shop or the customer has on record: a reason, a way to pay."""

import re
from collections.abc import Callable, Mapping

from actions.agenda.need import Choice, Need, Question, Stop
from actions.agenda.request import Request
from actions.agenda.view import View
from actions.resolve import which_payment_method, which_reason
from actions.wording import Wording
from shop.action_rules import SwapRules
from shop.model import Action, PaymentMethod
from shop.prices import price
from shop.refusal import Why
from shop.rules import money

_NO_REASON = re.compile(
    r"\b(?:(?:i|you) (?:want|need|wish|would like) to|please|cancel|return|(?:re)?order(?:s|ed|ing)?|items?)\b"
    r"(?! by)",
    re.IGNORECASE,
)


class Reason(Need):
    """One of the reasons that the policy accepts; none is asked for where it names none."""

    name = "reason"
    faults = frozenset({Why.REASON_NOT_ACCEPTED})

    def __init__(self, action: Action) -> None:
        self._action = action

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known."""
        return self.name in request.chosen

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes the reason that the text gives."""
        reasons = self._reasons(view)
        if not reasons:
            request.chosen[self.name] = ""
            return True
        told = _NO_REASON.sub(" ", text)
        code = which_reason(told, reasons, meaning=view.meaning).winner
        if code is None or code == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = code
        return True

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Names the reasons."""
        reasons = self._reasons(view)
        said = view.wording.listed(list(reasons.values()), "utter_or")
        return Question(
            f"utter_ask_reason_to_{request.kind}",
            {"order": request.order or "", "reasons": said},
            [Choice(title.capitalize(), title) for title in reasons.values()],
        )

    def _reasons(self, view: View) -> Mapping[str, str]:
        codes = getattr(view.policy.rules(self._action), "reasons", ())
        return {code: view.wording.reason(code) for code in codes}


Possible = Callable[[Request, View], list[PaymentMethod]]


class WhichPaymentMethod(Need):
    """A way to pay or to be paid back; not asked for where only one is possible."""

    name = "payment_method"
    faults = frozenset(
        {
            Why.REFUND_DESTINATION,
            Why.GIFT_CARD_TOO_LOW,
            Why.UNKNOWN_PAYMENT_METHOD,
            Why.SAME_PAYMENT_METHOD,
        }
    )

    def __init__(self, possible: Possible) -> None:
        self._possible = possible

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known."""
        return self.name in request.chosen

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes the method that the text names, be it possible or not: the shop says why not."""
        methods, original = view.customer.payment_methods, view.paid_with(request.order)
        possible = self._possible(request, view)
        meant = which_payment_method(text, methods, original=original)
        fitting = [method for method in meant.choices if method in possible]
        method = meant.winner or (fitting[0] if len(fitting) == 1 else None)
        is_answer = method is not None and method.id != request.chosen.get(self.name)
        if method is None and len(possible) == 1 and not self.is_met(request):
            method = possible[0]
        if method is None or method.id == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = method.id
        return is_answer

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Offers the possible ones."""
        possible = self._possible(request, view)
        if not possible:
            return Stop("utter_no_payment_method")
        titles = [method_title(method, view) for method in possible]
        return Question(
            f"utter_ask_payment_method_to_{request.kind}",
            {"order": request.order or "", "methods": view.wording.listed(titles, "utter_or")},
            [Choice(title, method.id) for title, method in zip(titles, possible, strict=True)],
        )


def method_title(method: PaymentMethod, view: View) -> str:
    """Returns what a way to pay is called: "Visa 4242", "PayPal", "gift card (€12.00 left)"."""
    name = method_name(method.kind, method.label, view.wording)
    if method.balance is None:
        return name
    return view.wording.say(
        "utter_payment_balance", name=name, balance=price(method.balance, view.locale)
    )


def method_name(kind: str, label: str, wording: Wording) -> str:
    """Returns the label of a way to pay, or what its kind is called."""
    return label or wording.say(f"utter_payment_{kind.replace('-', '_')}")


def refund_methods(request: Request, view: View) -> list[PaymentMethod]:
    """Returns where the money of a return may go."""
    rules = view.policy.return_items
    return _receiving(rules.refund_to if rules else (), request, view)


def swap_methods(request: Request, view: View) -> list[PaymentMethod]:
    """Returns what may settle the difference of a swap."""
    methods = list(view.customer.payment_methods)
    for rules in (view.policy.change_items, view.policy.exchange_items):
        is_open = rules and view.order(request.order).status in rules.statuses
        if isinstance(rules, SwapRules) and is_open and _difference(request, view) < 0:
            return _receiving(rules.refund_to, request, view)
    return methods


def other_methods(request: Request, view: View) -> list[PaymentMethod]:
    """Returns how else an order may be paid."""
    paid = money.paid(view.order(request.order))
    return [method for method in view.customer.payment_methods if method.id not in paid]


def _receiving(allowed: tuple[str, ...], request: Request, view: View) -> list[PaymentMethod]:
    paid = money.paid(view.order(request.order))
    return [
        method
        for method in view.customer.payment_methods
        if "any" in allowed
        or method.kind in allowed
        or ("original" in allowed and method.id in paid)
    ]


def _difference(request: Request, view: View) -> int:
    minor = 0
    for item in request.items:
        line = view.bought(item.order, item.line).line
        variants = {one.id: one for one in view.products[line.product_id].variants}
        if item.variant in variants:
            minor += variants[item.variant].price.minor - line.price.minor
    return minor
