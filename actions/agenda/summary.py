"""What will happen, and what has happened, in words: rendered from the plan and from nothing else."""

from collections.abc import Iterator

from actions.agenda.addresses import one_line
from actions.agenda.choices import method_name
from actions.agenda.view import View
from actions.wording import day
from shop.plan import Done, Movement, Plan, PlannedLine
from shop.prices import price


def summary(plan: Plan, view: View) -> str:
    """Returns what the customer is asked to confirm."""
    said = view.wording.say(f"utter_summary_{plan.action}", order=plan.order or "")
    return "\n".join((said, *_details(plan, view), view.wording.say("utter_confirm")))


def report(done: Done, view: View) -> str:
    """Returns what was done, with the reference under which the shop finds it."""
    plan, say = done.plan, view.wording.say
    said = say(f"utter_done_{plan.action}", order=plan.order or "")
    if plan.resolution:
        until = day(plan.day, view.locale) if plan.day else ""
        said = " ".join((said, say(f"utter_done_{plan.resolution}", day=until)))
    moved = [_movement(each, view) for each in plan.movements]
    return " ".join((said, *moved, say("utter_reference", reference=done.reference)))


def _details(plan: Plan, view: View) -> Iterator[str]:
    say = view.wording.say
    if plan.resolution:
        until = day(plan.day, view.locale) if plan.day else ""
        yield say(f"utter_detail_resolution_{plan.resolution}", day=until)
    elif plan.day:
        yield say("utter_detail_day", day=day(plan.day, view.locale))
    yield from (_line(line, view) for line in plan.lines)
    if plan.address:
        yield say("utter_detail_address", address=one_line(plan.address))
    if plan.email:
        yield say("utter_detail_email", email=plan.email)
    if plan.phone:
        yield say("utter_detail_phone", phone=plan.phone)
    if plan.subscribed is not None:
        yield say(f"utter_detail_newsletter_{'on' if plan.subscribed else 'off'}")
    if plan.reason:
        yield say("utter_detail_reason", reason=view.wording.reason(plan.reason))
    if plan.difference and not plan.difference.minor:
        yield say("utter_detail_same_price")
    yield from (_movement(each, view) for each in plan.movements)
    if plan.way_back_paid_by:
        yield say(f"utter_detail_way_back_{plan.way_back_paid_by}")


def _line(line: PlannedLine, view: View) -> str:
    values = {
        "count": f"{line.quantity} × " if line.quantity > 1 else "",  # noqa: RUF001
        "title": line.title,
        "options": ", ".join(line.options.values()),
        "price": price(line.price, view.locale),
    }
    if line.becomes is None:
        response = "utter_detail_line" if line.options else "utter_detail_plain_line"
        return view.wording.say(response, **values)
    values["new_options"] = ", ".join(line.becomes.options.values())
    values["new_price"] = price(line.becomes.price, view.locale)
    return view.wording.say("utter_detail_swap", **values)


def _movement(each: Movement, view: View) -> str:
    say = view.wording.say
    method = method_name(each.kind, each.label, view.wording)
    if each.amount.minor > 0:
        return say("utter_detail_pay", amount=price(each.amount, view.locale), method=method)
    values = {"at_least": str(each.days_at_least), "at_most": str(each.days_at_most)}
    when = say("utter_when_days" if each.days_at_most else "utter_when_now", **values)
    if each.is_after_receipt:
        when = say("utter_when_received", when=when)
    return say("utter_detail_refund", amount=_positive(each, view), method=method, when=when)


def _positive(each: Movement, view: View) -> str:
    return price(type(each.amount)(-each.amount.minor, each.amount.currency), view.locale)
