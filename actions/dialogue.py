"""Reads from Rasa's tracker what several skills ask of a dialogue."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from rasa_sdk.events import ActionExecuted, EventType, UserUttered
from rasa_sdk.interfaces import Tracker

PERSON = "/contact_human_agent"  # what the button that offers a person stands for


def message(tracker: Tracker) -> str | None:
    """Returns what the customer wrote; None if they chose a button."""
    text = tracker.latest_message.get("text") or ""
    return None if text.startswith("/") else text


def chosen(tracker: Tracker) -> str | None:
    """Returns what the button that the customer chose stands for; None if they wrote."""
    if message(tracker) is not None:
        return None
    values = (e["value"] for e in tracker.latest_message["entities"] if e["entity"] == "choice")
    return next((str(value) for value in values), None)


def message_id(tracker: Tracker) -> str:
    """Returns the gateway's id of the customer's message."""
    ids = (event.get("message_id") for event in _backwards(tracker, "user"))
    return str(next(filter(None, ids), ""))


def metadata(tracker: Tracker) -> dict[str, Any]:
    """Returns what the gateway said about the customer's message: request id, channel, locale."""
    for event in _backwards(tracker, "user"):
        if event.get("message_id"):  # one from outside, not one that an action put in
            return event.get("metadata") or {}
    return {}


def locale(tracker: Tracker) -> str:
    """Returns the customer's locale."""
    return str(metadata(tracker).get("locale") or "en")


def intents(tracker: Tracker) -> Iterator[str]:
    """Yields the intents of the customer's messages, latest first."""
    for event in _backwards(tracker, "user"):
        yield (event.get("parse_data") or {}).get("intent", {}).get("name") or ""


def supposed(tracker: Tracker) -> list[str]:
    """Returns what the latest message that was not understood may have been about, likeliest first."""
    for event in _backwards(tracker, "user"):
        parsed = event.get("parse_data") or {}
        if (parsed.get("intent") or {}).get("name") == "nlu_fallback":
            return [each["name"] for each in parsed.get("intent_ranking") or ()][1:]
    return []


def responses(tracker: Tracker) -> Iterator[str]:
    """Yields the names of the responses that the bot gave, latest first."""
    for event in _backwards(tracker, "bot"):
        yield str((event.get("metadata") or {}).get("utter_action") or "")


def last_response(tracker: Tracker) -> str:
    """Returns the name of the response that the bot gave last before the customer's message."""
    return next(responses(tracker), "")


def last_replies(tracker: Tracker) -> list[dict[str, Any]]:
    """Returns the bot's utterances between the customer's latest message and the one before."""
    before: list[dict[str, Any]] = []
    messages = 0
    for event in reversed(tracker.events):
        messages += is_from_outside(event)
        if messages > 1:
            break
        if messages and event["event"] == "bot":
            before.insert(0, event)
    return before


def offered_choices(tracker: Tracker) -> list[dict[str, str]]:
    """Returns the buttons of the bot's last reply, each with `title` and `payload`."""
    buttons = (next(_backwards(tracker, "bot"), {}).get("data") or {}).get("buttons") or []
    return [{"title": button["title"], "payload": button["payload"]} for button in buttons]


def offered(tracker: Tracker) -> list[str]:
    """Returns what the buttons of the bot's last reply stand for."""
    return [choice["payload"] for choice in offered_choices(tracker)]


def is_from_outside(event: Mapping[str, Any]) -> bool:
    """Tells whether an event is a message of the customer, not one that an action put in."""
    return event["event"] == "user" and bool(event.get("message_id"))


def as_if_said(
    intent: str, text: str, entities: Mapping[str, Any] | None = None
) -> list[EventType]:
    """Returns the events that make the dialogue go on as if the customer had said something else."""
    found = [{"entity": name, "value": value} for name, value in (entities or {}).items()]
    parsed = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": found}
    return [ActionExecuted("action_listen"), UserUttered(text, parse_data=parsed)]


def as_if_chosen(payload: str) -> list[EventType]:
    """Returns the events that make the dialogue go on as if a button had been pressed."""
    intent, entities = parts_of(payload)
    return as_if_said(intent, payload, entities)


def parts_of(payload: str) -> tuple[str, dict[str, Any]]:
    """Returns the intent and the entities of what a button stands for."""
    intent, brace, entities = payload.removeprefix("/").partition("{")
    return intent, json.loads(brace + entities) if brace else {}


def _backwards(tracker: Tracker, kind: str) -> Iterator[dict[str, Any]]:
    return (event for event in reversed(tracker.events) if event["event"] == kind)
