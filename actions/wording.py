"""What is put together from parts before the customer reads it: wording and dates.

The wording itself stands in the Rasa domain, as all wording does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, Self

import yaml
from babel.dates import format_date, format_time, format_timedelta, get_timezone_name
from babel.units import format_unit

from shop.prices import known_locale

_KILOMETRE = 1000


@dataclass(frozen=True, slots=True)
class Wording:
    """The responses of the domain by name, for those that are only parts of a reply."""

    templates: Mapping[str, str]

    @classmethod
    def load(cls, domain: Path) -> Self:
        """Reads the first variation of each response in a folder of domain files."""
        files = (yaml.safe_load(path.read_text("utf-8")) for path in sorted(domain.glob("*.yml")))
        responses = (file.get("responses", {}) for file in files)
        return cls({name: said[0]["text"] for each in responses for name, said in each.items()})

    def say(self, response: str, **values: object) -> str:
        """Returns a response with its values filled in; braces within the values stay as they are."""
        return self.templates[response].format(**values)

    def reason(self, code: str) -> str:
        """Returns a reason as customers choose it."""
        return self.named("utter_reason", code)

    def named(self, responses: str, code: str) -> str:
        """Returns what a code is called; one of a shop's own, without a response, is said as it is."""
        response = f"{responses}_{code.replace('-', '_')}"
        return self.say(response) if response in self.templates else code.replace("-", " ")

    def listed(self, parts: Sequence[str], last: str = "utter_and") -> str:
        """Returns "a, b and c", or "a, b or c" with the response `utter_or`."""
        if len(parts) < 2:  # noqa: PLR2004
            return "".join(parts)
        return self.say(last, parts=", ".join(parts[:-1]), last=parts[-1])


def day(moment: date, locale: str, *, form: Literal["full", "medium"] = "full") -> str:
    """Returns the day of a moment as people of a locale write it, with or without its weekday."""
    return format_date(moment, format=form, locale=known_locale(locale))


def clock_time(moment: datetime, locale: str) -> str:
    """Returns the time of day of a moment, in its own time zone."""
    return format_time(moment, format="short", tzinfo=moment.tzinfo, locale=known_locale(locale))


def zone_name(moment: datetime, locale: str) -> str:
    """Returns what the time zone of a moment is called."""
    return get_timezone_name(
        moment.tzinfo, width="long", zone_variant="generic", locale=known_locale(locale)
    )


def duration(span: timedelta, locale: str) -> str:
    """Returns about how long something is: "2 days", "14 minutes"."""
    return format_timedelta(span, threshold=1.2, locale=known_locale(locale))


def distance(metres: int, locale: str) -> str:
    """Returns how far something is: "800 m", "1.2 km"."""
    if metres < _KILOMETRE:
        return format_unit(metres, "length-meter", length="short", locale=known_locale(locale))
    kilometres = round(metres / _KILOMETRE, 1)
    return format_unit(kilometres, "length-kilometer", length="short", locale=known_locale(locale))


def country_name(code: str, locale: str) -> str:
    """Returns the name of a country, ISO 3166-1 alpha-2, as people of a locale write it."""
    return str(known_locale(locale).territories.get(code, code))
