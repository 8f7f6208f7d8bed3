"""Reads what is wanted, and who is writing, out of a message."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from actions.agenda.conditions import Piece, pieces
from actions.agenda.request import Request
from actions.agenda.wishes import is_either, is_unsure, named, wished
from actions.resolve import split_requests
from actions.services import Understanding

_TOGETHER = {"change_order", "exchange_item", "return_item"}
_ADDRESSES = {"change_shipping_address", "change_default_address"}
_BESIDE = {"track_order", "track_refund"}
_REPAY = re.compile(
    r"\b(?:change|switch|modify|update)\b.*\bpa(?:y|id)|\bpay (?:for )?(?:my |the |this |that )?order",
    re.IGNORECASE,
)
_COMPLAINT = "report_delivery_problem"
_LIKELY = 0.3  # confidence from which one of several requests in a message is taken for one
_NAME = re.compile(
    r"\b(?i:i['\u2019]?m|i am|(?:my|your|you)(?: full)? name(?: is|['\u2019]s|:)|name is|this is|"
    r"you are|called|named|it['\u2019]s)\s+(?P<name>[A-Z][\w'\u2019-]+(?: [A-Z][\w'\u2019-]+){1,3})"
)
_HANDLE = re.compile(r"(?<!\w)(?P<first>[^\W\d_]+)_(?P<last>[^\W\d_]+)_\d+(?!\w)")  # "jo_doe_12"
_ELSEWHERE = re.compile(  # an address that something shall go or change to, not the writer's
    r"\b(?:to|into|with|new(?: e-?mail| mail)?(?: address)?(?: is|:)?)[ :]+\Z", re.IGNORECASE
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
        whole = intent if len(parts) == 1 and intent in kinds else None
        for piece in pieces(part):
            wishes = _wishes(piece, whole, found, kinds, understanding)
            if not wishes and found and _is_asked_beside(piece.text, understanding):
                continue
            if not wishes and found:
                found[-1].said += f" {piece.whole}"
            elif not wishes:
                lead = f"{lead} {piece.whole}".strip()
            else:
                found += _requests(wishes, piece, lead, found)
                lead = ""
    if not found and intent in kinds:
        return [Request(intent, text)]
    return found


def _wishes(
    piece: Piece,
    whole: str | None,
    found: Sequence[Request],
    kinds: Collection[str],
    understanding: Understanding,
) -> tuple[str, ...]:
    """Returns the kinds that a piece begins; none if it only says more of what is found already."""
    plain = tuple(kind for kind in wished(piece.text) if kind in kinds)
    if piece.is_conditional:
        return plain if plain and not (found and found[-1].kind in plain) else ()
    wishes = plain or tuple(filter(None, (whole or _likely(piece.text, kinds, understanding),)))
    if is_unsure(piece.text):
        return wishes or named(piece.text)
    if len(wishes) == 1 and found and _says_more(wishes[0], piece.text, found[-1]):
        return ()
    return wishes


def _says_more(kind: str, text: str, last: Request) -> bool:
    """Tells whether a piece goes on about the last request, instead of beginning one."""
    if kind == last.kind:
        names_order = any(map(str.isdigit, text)) and "order" in text.casefold()
        return kind in _TOGETHER or (kind in _ADDRESSES and not names_order)
    # "I want to pay the difference with my gift card" tells how, it changes no order's payment
    return kind == "change_payment_method" and last.kind in _TOGETHER and not _REPAY.search(text)


def _requests(
    wishes: Sequence[str], piece: Piece, lead: str, found: Sequence[Request]
) -> Iterator[Request]:
    """Yields a request for each kind; of "cancel or return" each takes what it can be done to."""
    either = is_either(piece.text)
    is_instead = piece.is_fallback and bool(found)
    for i, kind in enumerate(wishes):
        yield Request(
            kind,
            f"{lead} {piece.text}".strip(),
            context=found[-1].said if piece.is_conditional and found else "",
            is_either=either,
            is_fallback=is_instead or (either and i > 0 and "cancel_order" not in wishes),
            is_unsure=is_unsure(piece.text),
        )


def _is_asked_beside(text: str, understanding: Understanding) -> bool:
    """Tells whether a piece asks where something is: its "cancelled order" is another one."""
    parsed = understanding.parse(text)
    return bool(parsed["accepted"]) and parsed["intent"] in _BESIDE


def _likely(part: str, kinds: Collection[str], understanding: Understanding) -> str | None:
    parsed = understanding.parse(part)
    best = parsed["ranking"][0]
    is_likely = best["intent"] in kinds and best["confidence"] >= _LIKELY
    is_likely &= best["intent"] != _COMPLAINT  # beside another wish it is the reason for it
    return str(best["intent"]) if is_likely else None


def wished_kind(text: str) -> str | None:
    """Returns the kind of the first request that a message plainly wishes for."""
    return next((kinds[0] for kinds in map(wished, split_requests(text)) if kinds), None)


def facts_in(
    text: str, entities: Collection[Mapping[str, Any]], *, is_answer: bool
) -> dict[str, str]:
    """Returns what a message tells of its writer: e-mail address, postcode, name, order number.

    Args:
        text: what the customer said.
        entities: what the rules found in it.
        is_answer: whether it answers the question who is writing, so that a bare name is one.
    """
    facts = {
        str(each["entity"]): str(each["value"])
        for each in entities
        if not (each["entity"] == "email" and _ELSEWHERE.search(text, 0, each["start"]))
    }
    if match := _NAME.search(text):
        facts["name"] = match["name"]
    elif match := _HANDLE.search(text):
        facts["name"] = f"{match['first']} {match['last']}"
    elif is_answer and "email" not in facts:
        facts |= _bare_name(text, facts)
    return facts


def _bare_name(text: str, facts: Mapping[str, str]) -> dict[str, str]:
    """Returns the name in "Jo Doe" or "jo doe, 10115"."""
    rest = _NO_NAME.sub(" ", text.replace(facts.get("postcode", "\0"), " "))
    rest = " ".join(re.sub(r"[^\w'\u2019\s-]|\d", " ", rest).split())
    is_name = _BARE_NAME.fullmatch(rest) and ("postcode" in facts or rest.istitle())
    return {"name": rest} if is_name else {}
