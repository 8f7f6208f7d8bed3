"""Passes a conversation on to a person: what they should know, and an honest word to the customer."""

from zoneinfo import ZoneInfo

from rasa_sdk.events import ActiveLoop, AllSlotsReset, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Tracker

from actions.dialogue import intents, locale, metadata, responses, supposed
from actions.feeling import feeling
from actions.language import foreign_language, language_name
from actions.services import Services
from actions.wording import clock_time, day, zone_name
from bot.contract import HandoffReply
from shop.errors import CustomerError, StoreUnavailable
from shop.identity import level_of
from shop.refusal import Why

_WITHOUT_WISH = {
    "",
    "affirm",
    "choose_option",
    "complaint",
    "contact_human_agent",
    "correct",
    "crisis",
    "deny",
    "greet",
    "inform",
    "insult",
    "nlu_fallback",
    "repeat",
    "small_talk",
    "thank",
}
_REFUSALS = {
    f"utter_{code.replace('-', '_')}": str(code)
    for code in (*Why, *(error.code for error in CustomerError.__subclasses__()))
}


async def hand_over(
    reason: str,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    services: Services,
    *,
    first: str = "",
) -> list[EventType]:
    """Asks the gateway for a person and leaves a clean dialogue for the time after.

    Args:
        reason: why, as a stable code; the customer is not told.
        dispatcher: takes the reply.
        tracker: the dialogue so far.
        services: what the actions work with.
        first: what the customer has to read before anything else.
    """
    reply = HandoffReply(
        type="handoff",
        text=" ".join(filter(None, (first, _while_waiting(tracker, services)))),
        reason=reason,
        facts=await _facts(tracker, services),
    )
    dispatcher.utter_message(json_message=dict(reply))
    now = services.clock().isoformat()
    return [ActiveLoop(None), AllSlotsReset(), SlotSet("handed_over_at", now)]


def _while_waiting(tracker: Tracker, services: Services) -> str:
    """Says whether somebody is there now, and from when on if not."""
    say, desk, now = services.wording.say, services.shop.policy.desk, services.clock()
    is_anybody_here = (metadata(tracker).get("agents") or {}).get("here")
    opens = desk.opens(now)
    if is_anybody_here or (opens == now and is_anybody_here is None):
        return say("utter_handoff")
    if opens is None:
        return say("utter_handoff_unknown")
    if opens == now:
        return say("utter_handoff_away")
    local, where = opens.astimezone(ZoneInfo(desk.time_zone)), locale(tracker)
    return say(
        "utter_handoff_closed",
        day=day(local, where),
        time=clock_time(local, where),
        zone=zone_name(local, where),
    )


async def _facts(tracker: Tracker, services: Services) -> dict[str, str]:
    """Returns what the person should know; nothing about what is not known."""
    mood = feeling(tracker).mood
    facts = {
        "last_intent": next((i for i in intents(tracker) if i not in _WITHOUT_WISH), ""),
        "supposed": next(iter(supposed(tracker)), ""),
        "requests": ", ".join(_requests(tracker)),
        "order_number": _order_number(tracker),
        "identity": await _identity(tracker.sender_id, services),
        "last_refusal": next((_REFUSALS[r] for r in responses(tracker) if r in _REFUSALS), ""),
        "mood": mood if mood != "calm" else "",
        "language": _language(tracker),
    }
    return {name: value for name, value in facts.items() if value}


async def _identity(conversation: str, services: Services) -> str:
    try:
        return await level_of(conversation, shop=services.shop, clock=services.clock)
    except StoreUnavailable:
        return ""  # a person is needed all the more


def _requests(tracker: Tracker) -> list[str]:
    """Returns the kinds of what the customer wanted done and was not done yet."""
    agenda = tracker.get_slot("agenda") or {}
    return [str(request["kind"]) for request in agenda.get("requests", ())]


def _order_number(tracker: Tracker) -> str:
    agenda = tracker.get_slot("agenda") or {}
    orders = [number for request in agenda.get("requests", ()) for number in request["orders"]]
    return next(iter(orders), "") or str(tracker.get_slot("order_number") or "")


def _language(tracker: Tracker) -> str:
    code = foreign_language(tracker.latest_message.get("text") or "")
    return language_name(code) if code else ""
