"""Reads an order number however a customer writes it."""

import re
import unicodedata

from shop.policy import OrderNumbers

_DEMO = OrderNumbers()
_BETWEEN = r"[\s#.:_/-]{0,8}"  # bounded: a text of such characters only is read in no time
_END = r"(?!\w|[.,][0-9])"


def normalise_number(text: str, numbers: OrderNumbers = _DEMO) -> str | None:
    """Returns the order number in a text as the shop writes it; None if there is none, or several.

    Bare digits count only where they are all there is, or behind "#" or a word such as "order".
    """
    plain = _plain(text)
    digits = f"([0-9]{{{numbers.min_digits},{numbers.max_digits}}}){_END}"
    prefix = "".join(filter(str.isalnum, numbers.prefix)).casefold()
    found = (
        set(re.findall(rf"(?<!\w){re.escape(prefix)}{_BETWEEN}{digits}", plain))
        if prefix
        else set()
    )
    if not found:
        found = set(re.findall(rf"(?:#|\b(?:order|number|no|nr)\b){_BETWEEN}{digits}", plain))
    if not found:
        found = set(re.findall(rf"\A\W*{digits}\W*\Z", plain))
    return numbers.prefix + found.pop() if len(found) == 1 else None


def _plain(text: str) -> str:
    """Returns the text with one way of writing letters, digits and dashes, and nothing invisible."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(_plain_character(character) for character in folded)


def _plain_character(character: str) -> str:
    match unicodedata.category(character):
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Pd":
            return "-"
        case "Cf":
            return ""
        case _:
            return character
