"""Reads what is wanted, and who is writing, out of a message."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from actions.agenda.request import Request
from actions.resolve import split_requests
from actions.services import Understanding

_VERBS = {
    "cancel": "cancel_order",
    "exchange": "exchange_item",
    "return": "return_item",
    "send back": "return_item",
    "swap": "exchange_item",
}
_WISHED = re.compile(
    r"(?:\b(?:want|wish|like|need|please|also|help me|(?:can|could|would) you|and)\b|\A\W*|,)"
    r"(?:\s+(?:to|also|just|only|please|then|lastly|finally))*\s*"
    rf"\b(?P<verb>{'|'.join(_VERBS)})\b(?! (?:polic|label|window|period|fee|cost|shipping|address))",
    re.IGNORECASE,
)
_TOGETHER = {"change_order", "exchange_item", "return_item"}
_LIKELY = 0.3  # confidence from which one of several requests in a message is taken for one
_NAME = re.compile(
    r"\b(?i:i['\u2019]?m|i am|(?:my|your|you)(?: full)? name(?: is|['\u2019]s|:)|name is|this is|"
    r"you are|it['\u2019]s)\s+(?P<name>[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){1,3})"
)
_BARE_NAME = re.compile(r"[^\W\d_][\w'\u2019-]*(?: [^\W\d_][\w'\u2019-]*){1,3}")
_NO_NAME = re.compile(
    r"\b(?:zip|post|postal|code|postcode|and|the|my|is|in|at|living|live|from|email|name|i|am|"
    r"it['\u2019]?s|sure|please|here|you|go|thanks|yes|no|ok|okay|hi|hello)\b",
    re.IGNORECASE,
)


def requests_in(
    text: str, intent: str, kinds: Collection[str], understanding: Understanding
) -> list[Request]:
    """Returns all that a message asks for, in its order.

    Args:
        text: what the customer said.
        intent: of the message as a whole, as Rasa understood it.
        kinds: the kinds of requests that there are.
        understanding: tells the intent of a part.
    """
    parts = split_requests(text)
    found: list[Request] = []
    lead = ""
    for part in parts:
        kind = _wished(part) or (intent if len(parts) == 1 and intent in kinds else None)
        kind = kind or _likely(part, kinds, understanding)
        if kind and found and found[-1].kind == kind and kind in _TOGETHER:
            found[-1].said += f" {part}"  # by order it is divided later
        elif kind and kind in kinds:
            found.append(Request(kind, f"{lead} {part}".strip()))
            lead = ""
        elif found:
            found[-1].said += f" {part}"
        else:
            lead = f"{lead} {part}".strip()
    if not found and intent in kinds:
        return [Request(intent, text)]
    return found


def _wished(part: str) -> str | None:
    """Returns the kind that a plain wish names by its verb, whatever else the part speaks of."""
    match = _WISHED.search(part)
    return _VERBS[match["verb"].casefold()] if match else None


def _likely(part: str, kinds: Collection[str], understanding: Understanding) -> str | None:
    parsed = understanding.parse(part)
    best = parsed["ranking"][0]
    is_likely = best["intent"] in kinds and best["confidence"] >= _LIKELY
    return str(best["intent"]) if is_likely else None


def wished_kind(text: str) -> str | None:
    """Returns the kind of the first request that a message plainly wishes for."""
    return next(filter(None, map(_wished, split_requests(text))), None)


def facts_in(
    text: str, entities: Collection[Mapping[str, Any]], *, is_answer: bool
) -> dict[str, str]:
    """Returns what a message tells of its writer: e-mail address, postcode, name, order number.

    Args:
        text: what the customer said.
        entities: what the rules found in it.
        is_answer: whether it answers the question who is writing, so that a bare name is one.
    """
    facts = {str(each["entity"]): str(each["value"]) for each in entities}
    if match := _NAME.search(text):
        facts["name"] = match["name"]
    elif is_answer and "email" not in facts:
        facts |= _bare_name(text, facts)
    return facts


def _bare_name(text: str, facts: Mapping[str, str]) -> dict[str, str]:
    """Returns the name in "Jo Doe" or "jo doe, 10115"."""
    rest = _NO_NAME.sub(" ", text.replace(facts.get("postcode", "\0"), " "))
    rest = " ".join(re.sub(r"[^\w'\u2019\s-]|\d", " ", rest).split())
    is_name = _BARE_NAME.fullmatch(rest) and ("postcode" in facts or rest.istitle())
    return {"name": rest} if is_name else {}
