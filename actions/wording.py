"""What is put together from parts before the customer reads it: wording, prices, dates.

The wording itself stands in the Rasa domain, as all wording does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Self

import yaml
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

from shop.model import Money

_DEFAULT_LOCALE = "en"


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
        """Returns a reason as customers choose it; one of a shop's own is said by its code."""
        response = f"utter_reason_{code.replace('-', '_')}"
        return self.say(response) if response in self.templates else code.replace("-", " ")

    def listed(self, parts: Sequence[str], last: str = "utter_and") -> str:
        """Returns "a, b and c", or "a, b or c" with the response `utter_or`."""
        if len(parts) < 2:  # noqa: PLR2004
            return "".join(parts)
        return self.say(last, parts=", ".join(parts[:-1]), last=parts[-1])


def price(amount: Money, locale: str) -> str:
    """Returns an amount as people of a locale write it."""
    precision = get_currency_precision(amount.currency)
    value = Decimal(amount.minor).scaleb(-precision)
    return format_currency(value, amount.currency, locale=_known(locale))


def day(moment: datetime, locale: str) -> str:
    """Returns the day of a moment as people of a locale write it."""
    return format_date(moment, format="full", locale=_known(locale))


def _known(locale: str) -> Locale:
    try:
        return Locale.parse(locale, sep="-" if "-" in locale else "_")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_DEFAULT_LOCALE)
