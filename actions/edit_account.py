"""Changing how the shop reaches a customer: the e-mail address or the phone number in the account."""

import re

from actions.agenda.kind import Kind
from actions.agenda.need import Choice, Need, Question, Stop
from actions.agenda.request import Request
from actions.agenda.view import View
from actions.dialogue import PERSON
from shop.commands import ChangeEmail, ChangePhone, Command
from shop.refusal import Why

_DETAILS = {
    "email": re.compile(r"\be-?mails?\b|\bmail address\b", re.IGNORECASE),
    "phone": re.compile(
        r"\b(?:phone|telephone|mobile|cell|handy)\b|\b(?:my|new|contact|wrong) number\b",
        re.IGNORECASE,
    ),
    "other": re.compile(
        r"\b(?:(?:first|last|sur|my|the|user)[ -]?names?|birthday|date of birth|married|title|gender)\b",
        re.IGNORECASE,
    ),
}
_VALUES = {
    "email": re.compile(r"[^\s@<>()\[\],;:\"]+@[^\s@<>()\[\],;:\"]+\w"),
    "phone": re.compile(r"\+?\d(?:[ ()/.-]*\d){4,16}"),
}


class WhichDetail(Need):
    """What is to be changed."""

    name = "detail"

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known, and a thing that can be changed here."""
        return request.chosen.get(self.name) in _VALUES

    def read(self, text: str, request: Request, view: View) -> bool:  # noqa: ARG002
        """Takes the one detail that the text names."""
        named = [name for name, words in _DETAILS.items() if words.search(text)]
        if len(named) != 1 or named[0] == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = named[0]
        return True

    def correct(self, text: str, request: Request, view: View) -> bool:
        """Takes another detail, of which the value is not known yet."""
        is_other = self.read(text, request, view)
        if is_other:
            request.chosen.pop(NewValue.name, None)
        return is_other

    def ask(self, request: Request, view: View) -> Question | Stop:
        """Offers what can be changed; a name is a person's to change."""
        say = view.wording.say
        if self.name in request.chosen:
            person = Choice(say("utter_talk_to_person"), PERSON)
            return Stop("utter_edit_account_by_person", choices=[person])
        choices = [
            Choice(say("utter_choice_email"), "e-mail"),
            Choice(say("utter_choice_phone"), "phone"),
            Choice(say("utter_choice_address"), "/change_default_address"),
        ]
        return Question("utter_ask_detail_to_edit_account", choices=choices)


class NewValue(Need):
    """What it shall be from now on."""

    name = "value"
    faults = frozenset(
        {Why.INVALID_EMAIL, Why.EMAIL_NOT_USABLE, Why.INVALID_PHONE, Why.NOTHING_CHANGES}
    )

    def is_met(self, request: Request) -> bool:
        """Tells whether it is known."""
        return self.name in request.chosen

    def read(self, text: str, request: Request, view: View) -> bool:
        """Takes the last address or number in the text that is not the present one."""
        present = {view.customer.email.casefold(), view.customer.phone}
        found = _VALUES[request.chosen[WhichDetail.name]].findall(text)
        new = [value for value in found if value.casefold() not in present]
        if not new or new[-1] == request.chosen.get(self.name):
            return False
        request.chosen[self.name] = new[-1]
        return True

    def ask(self, request: Request, view: View) -> Question:  # noqa: ARG002
        """Asks for it."""
        return Question(f"utter_ask_new_{request.chosen[WhichDetail.name]}_to_edit_account")


def _command(request: Request, _: View) -> Command:
    change = {"email": ChangeEmail, "phone": ChangePhone}[request.chosen[WhichDetail.name]]
    return change(request.chosen[NewValue.name])


KIND = Kind(
    name="edit_account",
    verb="change",
    needs=(WhichDetail(), NewValue()),
    is_about_account=True,
    command=_command,
)
