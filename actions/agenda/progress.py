"""Takes the agenda as far as it goes without the customer, and asks for what is needed then."""

from collections.abc import Mapping

from actions.agenda import identification
from actions.agenda.kind import AnyKind, Enquiry, Kind
from actions.agenda.need import Choice, Question, Stop
from actions.agenda.refusals import alternatives, closed, explanation
from actions.agenda.request import Agenda, Request
from actions.agenda.said import Said
from actions.agenda.summary import report, summary
from actions.agenda.view import View, view
from actions.dialogue import PERSON
from actions.services import Services
from actions.wording import Wording
from shop.codes import confirm_code, request_code
from shop.errors import CustomerNotFound, IdentityRequired, OrderNotFound
from shop.plan import NeedsApproval, Plan, PlanChanged
from shop.policy import Policy
from shop.refusal import Refusal
from shop.service import perform, preview

CHANGE, CODE, YES = "change", "code", "yes"

_MISSES = 3  # answers in a row that were none, after which asking again helps nobody


class Progress:
    """One turn of the dialogue about an agenda."""

    def __init__(
        self,
        agenda: Agenda,
        kinds: Mapping[str, AnyKind],
        services: Services,
        *,
        conversation: str,
        locale: str,
    ) -> None:
        self.agenda = agenda
        self.said: list[Said] = []
        self.done: list[Said] = []  # of these, the reports of what was done
        self._kinds = kinds
        self._services = services
        self._conversation = conversation
        self._locale = locale

    async def advance(self) -> None:
        """Goes on until a question is asked or nothing is left to do."""
        while self.agenda.requests:
            seen = await self.view()
            if seen is None:
                if await self._is_still_unknown():
                    return
                continue
            if self.agenda.asked == CHANGE:
                self.ask(CHANGE, Question(f"utter_ask_change_{self.agenda.current.kind}"))
                return
            before = self.agenda.done
            if await self._step(self.agenda.current, seen):
                return
            if self.agenda.done > before and self.agenda.requests:
                self.say(f"utter_next_{self.agenda.current.kind}")

    async def view(self) -> View | None:
        """Returns what the customer may see; None while it is not known who is writing."""
        return await view(self._conversation, self._locale, self._services)

    async def confirm(self, code: str) -> None:
        """Takes a one-time code for the current request.

        Raises:
            CodeRefused: it does not hold.
        """
        await confirm_code(
            code,
            self.agenda.current.kind,
            conversation=self._conversation,
            shop=self._services.shop,
            clock=self._services.clock,
            secret=self._services.secret,
        )
        self.agenda.facts.clear()

    def miss(self) -> None:
        """Says that an answer was none; after several it gives the request up and offers a person."""
        self.agenda.misses += 1
        if self.agenda.misses < _MISSES:
            self.say("utter_answer_not_understood")
            return
        say = self._services.wording.say
        self.said.append(Said(say("utter_given_up"), [Choice(say("utter_talk_to_person"), PERSON)]))
        self.agenda.close()

    def say(self, response: str, **values: str) -> None:
        """Adds a response to what is said."""
        self.said.append(Said(self._services.wording.say(response, **values)))

    def ask(self, name: str, question: Question) -> None:
        """Adds a question, and remembers what the next message answers."""
        text = self._services.wording.say(question.response, **question.values)
        if question.is_listed:
            text = "\n".join((text, *(f"- {choice.title}" for choice in question.choices)))
        self.said.append(Said(text, list(question.choices)))
        self.agenda.asked = name

    @property
    def policy(self) -> Policy:
        """The shop's rules."""
        return self._services.shop.policy

    @property
    def wording(self) -> Wording:
        """All the responses."""
        return self._services.wording

    async def _is_still_unknown(self) -> bool:
        if self.agenda.asked == CODE:
            self.ask(CODE, Question("utter_ask_code_again"))  # a digression came between
            return True
        facts, request = self.agenda.facts, self.agenda.current
        number = facts.get("order_number", "")
        try:
            if await identification.identify(facts, self._conversation, self._services):
                request.said += f" {number}"  # which may say what it is about
                return False
        except (CustomerNotFound, OrderNotFound) as error:
            self.say(f"utter_unproven_{error.code.replace('-', '_')}")
        if facts.get("email"):  # which is not believed by itself
            return await self._ask_for_code(request)
        is_about_account = self._kinds[request.kind].is_about_account
        question = identification.question(facts, self._services, is_about_account=is_about_account)
        self.ask(identification.ASKED, question)
        return True

    async def _step(self, request: Request, seen: View) -> bool:
        """Takes a request one step on; tells whether the customer has to answer."""
        kind = self._kinds[request.kind]
        for need in kind.needs:
            if not need.is_met(request) and need.name not in request.read:
                need.read(request.said, request, seen)
                if request.context and not need.is_met(request):
                    need.read(f"{request.context} {request.said}", request, seen)
                request.read.append(need.name)
            if len(request.orders) > 1:
                self.agenda.replace_current(request.divided())
                return False
            if not need.is_met(request):
                if refusal := closed(request, kind, seen):
                    return self._refuse(refusal, request, kind, seen)
                return self._ask(need.name, need.ask(request, seen))
        return await self._finish(request, kind, seen)

    async def _finish(self, request: Request, kind: AnyKind, seen: View) -> bool:
        """Answers, shows or does what is fully known, or says what stands against it."""
        try:
            if isinstance(kind, Enquiry):
                return await self._answer(request, kind, seen)
            return await self._show_or_do(request, kind, seen)
        except NeedsApproval as decision:
            return self._propose(decision.plan)
        except Refusal as refusal:
            return self._refuse(refusal, request, kind, seen)
        except IdentityRequired:
            return await self._step_up(request, kind, seen)

    async def _step_up(self, request: Request, kind: AnyKind, seen: View) -> bool:
        """Has the customer show more of who they are, unless even that would not help."""
        if refusal := closed(request, kind, seen):
            return self._refuse(refusal, request, kind, seen)
        if self.agenda.asked != CODE:
            return await self._ask_for_code(request)
        self.ask(CODE, Question("utter_ask_code_again"))  # a digression came between
        return True

    async def _answer(self, request: Request, kind: Enquiry, seen: View) -> bool:
        self.said.append(await kind.answer(request, seen, self._services))
        self.agenda.close()
        return False

    def _ask(self, name: str, question: Question | Stop) -> bool:
        if isinstance(question, Question):
            self.ask(name, question)
            return True
        if not self._is_passed_over():
            text = self._services.wording.say(question.response, **question.values)
            self.said.append(Said(text, list(question.choices)))
        self.agenda.close()
        return False

    def _is_passed_over(self) -> bool:
        """Tells whether nobody misses the request: what it stands beside is done, or comes next."""
        others = self.agenda.requests[1:2]
        is_covered = self.agenda.was_done or any(other.is_either for other in others)
        return self.agenda.current.is_either and is_covered

    async def _show_or_do(self, request: Request, kind: Kind, seen: View) -> bool:
        command = kind.command(request, seen)
        services, conversation = self._services, self._conversation
        if request.agreed and request.shown:
            try:
                done = await perform(
                    command,
                    conversation=conversation,
                    key=f"{request.agreed}:{request.kind}:{request.order}",
                    expected=request.shown,
                    shop=services.shop,
                    clock=services.clock,
                )
            except PlanChanged:
                request.change()
                self.say("utter_plan_changed")
                return False
            self.done.append(Said(report(done, seen)))
            self.said.append(self.done[-1])
            self.agenda.close(is_done=True)
            return False
        plan = await preview(
            command, conversation=conversation, shop=services.shop, clock=services.clock
        )
        request.shown = plan.digest
        say = services.wording.say
        choices = [
            Choice(say("utter_choice_yes"), "yes"),
            Choice(say("utter_choice_no"), "no"),
            Choice(say("utter_choice_leave"), "forget it"),
        ]
        self.said.append(Said(summary(plan, seen), choices))
        self.agenda.asked = YES
        return True

    def _refuse(self, refusal: Refusal, request: Request, kind: AnyKind, seen: View) -> bool:
        request.change()
        said = Said(explanation(refusal, seen))
        self.said.append(said)
        for need in kind.needs:
            if refusal.why in need.faults:
                need.reopen(request)
                return False
        person = Choice(self._services.wording.say("utter_talk_to_person"), PERSON)
        said.choices = alternatives(refusal, request.order, seen) or [person]
        if self._is_passed_over():
            self.said.remove(said)
        self.agenda.close()
        return False

    def _propose(self, plan: Plan) -> bool:
        self.said.append(Said(self._services.wording.say("utter_needs_approval"), proposal=plan))
        self.agenda.close()
        return False

    async def _ask_for_code(self, request: Request) -> bool:
        """Sends a one-time code to the address on record, and asks for it."""
        sent = await request_code(
            request.kind,
            conversation=self._conversation,
            shop=self._services.shop,
            clock=self._services.clock,
            mailer=self._services.mailer,
            secret=self._services.secret,
            email=self.agenda.facts.get("email", ""),
        )
        values = {"address": sent.masked_address, "minutes": str(sent.minutes)}
        self.ask(CODE, Question("utter_ask_code", values))
        return True
