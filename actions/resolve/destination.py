"""To which country and postcode a customer asks about."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from actions.resolve.places import COMMON_NAMES

_POSTCODES = (  # as they are written where no country is named
    ("GB", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE)),
    ("NL", re.compile(r"\b\d{4} ?[A-Z]{2}\b")),
    ("", re.compile(r"(?<![\w.,€$£-])\d{5}(?![\w-])")),
)
_SHORT = re.compile(r"(?:postcode|zip(?: code)?|to|in) (\d{4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Destination:
    """A country, ISO 3166-1 alpha-2, and a postcode where one is named."""

    country: str
    postcode: str = ""


def which_destination(text: str, *, home_country: str) -> Destination | None:
    """Returns the place that a text names; a bare five-digit postcode is one at home."""
    country = _country(text)
    for usual, pattern in _POSTCODES:
        if match := pattern.search(text):
            return Destination(country or usual or home_country, match.group())
    if country is None:
        return None
    short = _SHORT.search(text)
    return Destination(country, short.group(1) if short else "")


def _country(text: str) -> str | None:
    names = _countries()
    found = re.findall(r"[^\W\d_][\w.'&-]*", text.casefold())
    for length in (4, 3, 2, 1):
        for start in range(len(found) - length + 1):
            name = " ".join(found[start : start + length]).rstrip(".,?!")
            if code := names.get(name):
                return code
    return None


@cache
def _countries() -> Mapping[str, str]:
    territories = Locale.parse("en").territories
    iso = {name.casefold(): code for code, name in territories.items() if len(code) == 2}  # noqa: PLR2004
    return {**iso, **COMMON_NAMES}
