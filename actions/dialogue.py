"""Reads from Rasa's tracker what several skills ask of a dialogue."""

from collections.abc import Iterator
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


def last_response(tracker: Tracker) -> str:
    """Returns the name of the response that the bot gave last before the customer's message."""
    return str((_last_reply(tracker).get("metadata") or {}).get("utter_action") or "")


def offered(tracker: Tracker) -> list[str]:
    """Returns the payloads of the choices in the bot's last reply."""
    buttons = (_last_reply(tracker).get("data") or {}).get("buttons") or []
    return [button["payload"] for button in buttons]


def as_if_said(intent: str, text: str) -> list[EventType]:
    """Returns the events that make the dialogue go on as if the customer had said something else."""
    parsed = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": []}
    return [ActionExecuted("action_listen"), UserUttered(text, parse_data=parsed)]


def _last_reply(tracker: Tracker) -> dict[str, Any]:
    return next(_backwards(tracker, "bot"), {})


def _backwards(tracker: Tracker, kind: str) -> Iterator[dict[str, Any]]:
    return (event for event in reversed(tracker.events) if event["event"] == kind)
