"""Finds order numbers, e-mail addresses and postcodes in what a customer wrote, by rules.

The rules are generous about form; whether a number exists is the shop's business.
Standard library only.
"""

import re
from typing import Any, Dict, List, Pattern, Tuple

_WORDS_BEFORE_NUMBER = r"\border(?:\s*(?:number|num|no\.?|nr\.?|id))?(?:\s+is)?\s*[:#]?\s*"
_WORDS_BEFORE_POSTCODE = r"\b(?:post\s?code|postal\s?code|zip(?:\s?code)?|plz)(?:\s+is)?\s*:?\s*"

# In order of precedence: what one rule has taken, a later one cannot take again.
_RULES: Tuple[Tuple[str, Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("email", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}"),
        ("order_number", r"(?<![\w@])SK[\s#_.:-]{0,3}\d{3,10}(?!\w)"),
        ("order_number", r"(?<![\w&])#\s?\d{3,10}(?!\w)"),
        ("order_number", _WORDS_BEFORE_NUMBER + r"(?P<value>\d{3,10})(?!\w)"),
        ("postcode", _WORDS_BEFORE_POSTCODE + r"(?P<value>[a-z]{0,2}-?\d[\w-]{1,7})(?!\w)"),
        ("postcode", r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w)"),  # SW1A 1AA
        ("postcode", r"(?<!\w)[A-Z]\d[A-Z]\s?\d[A-Z]\d(?!\w)"),  # K1A 0B1
        ("postcode", r"(?<!\w)\d{4}\s?(?-i:[A-Z]{2})(?!\w)"),  # 1012 AB
        ("postcode", r"(?<![\w.,-])\d{5}(?:-\d{4})?(?![\w-])(?![.,]\d)"),  # 10115, 94103-1234
    )
)


def find_entities(text: str) -> List[Dict[str, Any]]:
    """Returns Rasa's entity dictionaries, in the order of the text, none overlapping another."""
    found: List[Dict[str, Any]] = []
    for name, rule in _RULES:
        for match in rule.finditer(text):
            start, end = match.span("value" if "value" in rule.groupindex else 0)
            if all(end <= other["start"] or start >= other["end"] for other in found):
                found.append({"entity": name, "start": start, "end": end, "value": text[start:end]})
    return sorted(found, key=lambda entity: entity["start"])


def mask(text: str) -> str:
    """Returns the text with addresses and order numbers replaced by what they are.

    What somebody wants does not depend on them. Bare digits stay: they may be anything.
    """
    for entity in reversed(find_entities(text)):
        if not entity["value"].isdigit():
            kind = entity["entity"].replace("_", " ")
            text = text[: entity["start"]] + kind + text[entity["end"] :]
    return text
