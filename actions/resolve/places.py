"""Countries and states by what people call them."""

import re
from functools import cache

import pycountry

from shop.model import Address

COMMON_NAMES = {
    **dict.fromkeys(("uk", "u.k.", "britain", "great britain", "england", "scotland"), "GB"),
    **dict.fromkeys(("america", "usa", "u.s.", "u.s.a.", "the states"), "US"),
    "czech republic": "CZ",
    "holland": "NL",
}
_LONG_ENOUGH = 3


@cache
def country_code(name: str) -> str | None:
    """Returns the ISO 3166-1 code of a country: "USA" and "United States" are US."""
    if name.casefold() in COMMON_NAMES:
        return COMMON_NAMES[name.casefold()]
    try:
        return str(pycountry.countries.lookup(name).alpha_2)
    except LookupError:
        return None


@cache
def states(country: str) -> dict[str, str]:
    """Returns the names of a country's states, by code."""
    code = country_code(country) or ""
    found = pycountry.subdivisions.get(country_code=code) or []  # type: ignore[no-untyped-call]
    return {one.code.partition("-")[2]: one.name for one in found}


def state_code(name: str, country: str) -> str | None:
    """Returns the code of a state by its code or name."""
    own = states(country)
    if name.upper() in own:
        return name.upper()
    return next((code for code, full in own.items() if full.casefold() == name.casefold()), None)


def names_place(text: str, address: Address) -> tuple[float, str]:
    """Returns how surely a text speaks of an address, and by its city, street or what."""
    folded = text.casefold()
    full_state = states(address.country).get(address.state, "")
    ways = (
        (1.0, "postcode", _says(folded, address.postcode)),
        (1.0, "street", _says(folded, address.line1)),
        (0.95, "street", _says(folded, re.sub(r"\A\d+\w?\s+|\s+\d+\w?\Z", "", address.line1))),
        (0.9, "city", _says(folded, address.city)),
        (0.9, "city", _has_initials(text, address)),
        (0.85, "state", _says(folded, full_state)),
        (0.8, "state", bool(address.state) and _has_code(text, address.state)),
    )
    return next(((score, what) for score, what, is_said in ways if is_said), (0.0, ""))


def _says(text: str, name: str) -> bool:
    name = name.casefold().strip()
    return len(name) >= _LONG_ENOUGH and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _has_initials(text: str, address: Address) -> bool:
    """Tells whether "LA" is said for Los Angeles, or "NYC" for New York."""
    initials = "".join(word[0] for word in address.city.split()).upper()
    if len(initials) < 2:  # noqa: PLR2004
        return False
    return any(_has_code(text, code) for code in (initials, f"{initials}C"))


def _has_code(text: str, code: str) -> bool:
    """Tells whether a code is said, in capitals: "in" and "or" are words, not states."""
    return bool(re.search(rf"(?<!\w){re.escape(code)}(?!\w)", text))
