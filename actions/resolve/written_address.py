"""Reads an address that somebody wrote into a sentence."""

import re
from collections import Counter
from collections.abc import Sequence

from actions.resolve.places import country_code, state_code, states
from shop.model import Address

_STREET = (
    r"st|street|ave?|avenue|rd|road|dr|drive|ln|lane|blvd|boulevard|way|ct|court|pl|place|ter|"
    r"terrace|sq|square|hwy|highway|pkwy|parkway|cir|circle|close|crescent|row|mews|gardens|"
    r"\w*stra(?:ss|ß)e|\w*str|\w*weg|\w*platz|\w*gasse|\w*allee|damm|ufer"
)
_START = re.compile(
    rf"(?<![\w#$€£.-])(?:\d{{1,6}}[a-z]?(?:[-/]\d+[a-z]?)? (?:[^\W\d][\w.'\u2019-]*,? ?){{1,6}}|"
    rf"(?:(?!(?:to|at|is|in|me|my|the|it|address|order)\b)[^\W\d][\w.'\u2019-]* ){{0,3}}(?:{_STREET})\.? \d{{1,4}}[a-z]?(?!\w))",
    re.IGNORECASE,
)
_AFTER_STREET = re.compile(rf"\A(.*?\b(?:{_STREET})\b\.?)\s+(\S.*)\Z", re.IGNORECASE)
_HOUSE_LAST = re.compile(rf"\A(.*?\b(?:{_STREET})\.? \d{{1,4}}[a-z]?)\s+(\S.*)\Z", re.IGNORECASE)
_UNIT = re.compile(
    r"\b(?:suite|ste|apt|apartment|unit|floor|flat|building|bldg|room|c/o|#)\.? ?[\w-]+|"
    r"\b\d+(?:st|nd|rd|th) floor\b",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|"
    r"\d{4} ?[A-Z]{2}|\d{4}|\d{3} \d{2})(?!\w)",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\(|;|\n\n|(?<!str)(?<!\bst)(?<!\bave)(?<!\bapt)(?<!\brd)(?<!\bdr)[.!?](?:\s|\Z)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"\b(?:please|thanks|thank you|instead|and|for|because|since|so|as|now|but|if|when|before|is|"
    r"which|where)\b.*\Z",
    re.IGNORECASE,
)
_NO_STREET = re.compile(
    r"\A\d+ (?:days?|weeks?|months?|years?|hours?|minutes?|items?|pieces?|orders?|of|more|less|"
    r"bucks|dollars|euros?|percent|inch\w*|times|people|pm|am|more|or|and|to|is|in|at)\b",
    re.IGNORECASE,
)


def written_address(text: str, known: Sequence[Address]) -> tuple[Address | None, tuple[str, ...]]:
    """Returns the address that a text writes out, and the fields that it leaves open.

    Args:
        text: what the customer said.
        known: addresses on record; a country that is not written is the usual one of theirs.
    """
    found = next(
        (match for match in _START.finditer(text) if not _NO_STREET.match(match.group())), None
    )
    if found is None:
        return None, ()
    stop = _STOP.search(text, found.start())
    said = text[found.start() : stop.start() if stop else len(text)]
    country = Counter(one.country for one in known).most_common(1)[0][0] if known else "US"
    fields = _fields(said, country)
    if not (fields["city"] or fields["postcode"] or _is_street(fields["line1"])):
        return None, ()
    missing = [name for name in ("city", "postcode") if not fields[name]]
    has_states = any(one.state for one in known)
    if has_states and not fields["state"] and (code := state_code(fields["city"], country)):
        fields["state"] = code  # New York is in New York
    has_states = any(one.state for one in known) and bool(states(country))
    if not fields["state"] and has_states and fields["country"] == country:
        missing.append("state")
    return Address(**fields), tuple(missing)


def _is_street(line: str) -> bool:
    return bool(re.search(rf"\b(?:{_STREET})\b", line, re.IGNORECASE))


def _fields(said: str, country: str) -> dict[str, str]:
    fields = dict.fromkeys(("line1", "line2", "city", "state", "postcode"), "")
    fields["country"] = country
    if unit := _UNIT.search(said):
        fields["line2"] = unit.group().strip()
        said = f"{said[: unit.start()].rstrip(' ,')}, {said[unit.end() :].lstrip(' ,')}"
    parts = [part.strip() for part in re.split(r"[,\n]", said) if part.strip()]
    parts[:1] = _street_and_rest(parts[0])
    fields["line1"] = parts[0]
    for part in parts[1:]:
        _read_part(part, fields, country)
    return fields


def _street_and_rest(part: str) -> list[str]:
    """Returns the street and what follows it without a comma: "1 Elm St Springfield"."""
    rule = _AFTER_STREET if part[0].isdigit() else _HOUSE_LAST
    match = rule.match(part)
    return list(match.groups()) if match else [part]


def _read_part(part: str, fields: dict[str, str], country: str) -> None:
    """Reads "Springfield", "IL 62701", "10115 Berlin" or a country into the fields."""
    code = _POSTCODE.search(part)
    if code and not fields["postcode"]:
        fields["postcode"] = code.group().upper()
        before, behind = part[: code.start()].strip(), part[code.end() :].strip()
        rest = before or ("" if fields["city"] else _TRAILING.sub("", behind).strip())
    else:
        rest = part
    rest = _TRAILING.sub("", rest).strip(" .")
    if not rest:
        return
    words = rest.split()
    state = state_code(rest, country) if fields["city"] else None
    last = state_code(words[-1], country) if words[-1].isupper() or fields["city"] else None
    if state:
        fields["state"] = state
    elif fields["city"] and (named := country_code(rest)):
        fields["country"] = country if named == country_code(country) else named
    elif last and len(words) > 1 and not fields["state"]:
        fields["state"], fields["city"] = last, fields["city"] or " ".join(words[:-1])
    elif not fields["city"]:
        fields["city"] = rest
