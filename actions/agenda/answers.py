"""Takes a customer's message into the agenda: an answer, a yes, a correction or a further request."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from actions.agenda import identification
from actions.agenda.intake import facts_in, requests_in
from actions.agenda.kind import AnyKind
from actions.agenda.progress import CHANGE, CODE, YES, Progress
from actions.agenda.request import Request
from actions.agenda.sequence import in_order
from actions.agenda.view import View
from actions.resolve import Yes, yes_no
from actions.services import Understanding
from shop.errors import CodeRefused

_FORGET = re.compile(
    r"\b(?:forget (?:about )?(?:it|that|this)|never ?mind|leave it|leave (?:that|this) (?:as|one)|"
    r"stop|drop (?:it|that)|cancel (?:that|this request)|don['\u2019]?t (?:bother|do (?:it|that))|"
    r"no longer want|changed my mind|keep (?:it|them) as)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<!\d)(?:\d[ -]?){5}\d(?!\d)")
_NEW_CODE = re.compile(
    r"\b(?:new|another|again|resend|no (?:mail|e-?mail|code)|not (?:got|arrived))\b", re.IGNORECASE
)
_NOTHING = re.compile(r"\A\W*(?:no(?:thing)?(?: at all)?|none|nope|nah)\b.{0,20}\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message as it was understood."""

    text: str
    intent: str
    message_id: str


class Answers:
    """Reads one message in the light of what was asked."""

    def __init__(
        self, progress: Progress, kinds: Mapping[str, AnyKind], understanding: Understanding
    ) -> None:
        self._progress = progress
        self._agenda = progress.agenda
        self._kinds = kinds
        self._understanding = understanding

    async def take(self, heard: Heard) -> bool:
        """Takes the message in; tells whether it has to do with the agenda."""
        agenda = self._agenda
        if agenda.requests and agenda.asked and self._is_dropped(heard):
            return self._forget()
        seen = await self._progress.view()
        if agenda.asked == CODE:
            return await self._take_code(heard, seen)
        told = {} if seen else self._facts(heard.text)
        agenda.facts |= told
        if not agenda.requests:
            return self._begin(heard)
        if seen is None:
            return bool(told) or self._add(heard.text, heard)
        take = {YES: self._take_yes, CHANGE: self._take_change}.get(agenda.asked, self._take_answer)
        return take(heard, seen)

    def _facts(self, text: str) -> dict[str, str]:
        entities = self._understanding.parse(text)["entities"]
        is_answer = self._agenda.asked == identification.ASKED
        return facts_in(text, entities, is_answer=is_answer)

    def _begin(self, heard: Heard) -> bool:
        agenda = self._agenda
        agenda.requests = self._requests(heard.text, heard.intent)
        if len(agenda.requests) > 1:
            names = [self._name(request) for request in agenda.requests]
            listed = self._progress.wording.listed(list(dict.fromkeys(names)))
            self._progress.say("utter_noted", requests=listed)
        return bool(agenda.requests)

    def _requests(self, text: str, intent: str) -> list[Request]:
        """Returns what a message asks for; says what it is not sure of yet, and leaves it."""
        found = requests_in(text, intent, self._kinds, self._understanding)
        for request in found:
            if request.is_unsure:
                self._progress.say("utter_not_sure_yet", request=self._name(request))
        sure = [request for request in found if not request.is_unsure]
        return in_order(sure, self._kinds, self._progress.policy)

    def _name(self, request: Request) -> str:
        return self._progress.wording.say(f"utter_request_{request.kind}")

    def _is_dropped(self, heard: Heard) -> bool:
        return bool(_FORGET.search(heard.text)) and not heard.text.endswith("?")

    def _forget(self) -> bool:
        self._progress.say(f"utter_dropped_{self._agenda.current.kind}")
        self._agenda.close()
        return True

    def _take_answer(self, heard: Heard, seen: View) -> bool:
        request = self._agenda.current
        needs = {need.name: need for need in self._kinds[request.kind].needs}
        asked = needs.get(self._agenda.asked)
        if asked and asked.read(heard.text, request, seen):
            request.said += f". {heard.text}"
            return True
        return self._add(heard.text, heard) or self._correct(heard.text, seen)

    async def _take_code(self, heard: Heard, seen: View | None) -> bool:
        """Takes a one-time code; the request goes on where it stopped."""
        code = _CODE.search(heard.text)
        told = {} if seen or code else self._facts(heard.text)
        if "email" in told:  # the code before went to a wrong address
            self._agenda.facts |= told
            self._agenda.asked = ""
            return True
        if not code and not _NEW_CODE.search(heard.text):
            return self._add(heard.text, heard)
        self._agenda.asked = ""  # where there is no right code, a new one is sent
        if code:
            try:
                await self._progress.confirm(code.group())
            except CodeRefused as error:
                self._progress.say("utter_code_refused")
                self._agenda.asked = CODE if error.may_try_again else ""
        return True

    def _take_yes(self, heard: Heard, seen: View) -> bool:
        request = self._agenda.current
        answer = yes_no(heard.text, verb=self._kinds[request.kind].verb)
        match answer.says:
            case Yes.YES:
                request.agreed = heard.message_id
                return True
            case Yes.NO:
                return self._ask_what_to_change()
            case Yes.NEITHER:
                return self._correct(heard.text, seen) or self._add(heard.text, heard)
        if self._correct(answer.rest, seen) or self._add(answer.rest, heard):
            return True
        if answer.says is Yes.NO_BUT:
            return self._ask_what_to_change()
        return False

    def _take_change(self, heard: Heard, seen: View) -> bool:
        if _NOTHING.match(heard.text):
            return self._forget()
        return self._correct(heard.text, seen) or self._add(heard.text, heard)

    def _ask_what_to_change(self) -> bool:
        self._agenda.current.change()
        self._agenda.asked = CHANGE
        return True

    def _correct(self, text: str, seen: View) -> bool:
        """Takes a change of what is known of the current request."""
        request = self._agenda.current
        known = [need for need in self._kinds[request.kind].needs if need.is_met(request)]
        changed = [need.correct(text, request, seen) for need in known]
        if any(changed):
            request.change()
            self._agenda.asked = ""
        return any(changed)

    def _add(self, text: str, heard: Heard) -> bool:
        """Takes further requests; they come after those that are there."""
        found = self._requests(text, heard.intent)
        for request in found:
            self._agenda.requests.append(request)
            self._progress.say("utter_also", request=self._name(request))
        return bool(found)
