"""Subscribing to the newsletter, or leaving it."""

import re

from actions.agenda.kind import Kind
from actions.agenda.need import Choice, Need, Question
from actions.agenda.request import Request
from actions.agenda.view import View
from shop.commands import ChangeNewsletter

_LEAVE = re.compile(
    r"\b(?:un-?subscri\w+|leav(?:e|ing)|stop\w*|quit\w*|off|out of|cancel\w*|end\w*|no (?:more|longer)|"
    r"not? want|don['\u2019]?t (?:want|send)|too many|remove|delete|spam|get rid|opt.?out|why do i)\b",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"\b(?:re-?subscri\w+|subscri\w+|sign\w* (?:me )?up|join\w*|add|receive|get|send me|want|like|love|"
    r"opt.?in|put me on|on)\b",
    re.IGNORECASE,
)


class WhetherSubscribed(Need):
    """Whether the customer wants the newsletter from now on."""

    name = "subscribed"

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known."""
        return self.name in request.chosen

    def read(self, text: str, request: Request, view: View) -> bool:  # noqa: ARG002
        """Takes a wish to leave, else one to join."""
        wish = False if _LEAVE.search(text) else True if _JOIN.search(text) else None
        if wish is None or wish == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = wish
        return True

    def ask(self, request: Request, view: View) -> Question:  # noqa: ARG002
        """Offers both."""
        say = view.wording.say
        choices = [
            Choice(say("utter_choice_subscribe"), "subscribe"),
            Choice(say("utter_choice_unsubscribe"), "unsubscribe"),
        ]
        return Question("utter_ask_subscribed_to_newsletter_subscription", choices=choices)


KIND = Kind(
    name="newsletter_subscription",
    verb="unsubscribe",
    needs=(WhetherSubscribed(),),
    is_about_account=True,
    command=lambda request, _: ChangeNewsletter(subscribed=request.chosen["subscribed"]),
)
