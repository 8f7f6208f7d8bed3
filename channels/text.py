"""What the gateway makes of the text that people write: keeps all of it that can do no harm."""

import re
import unicodedata

from channels.errors import TooLarge

MAX_LENGTH = 4000  # characters

_HARMFUL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_INVISIBLE = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}
_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}  # letters and signs drawn as nothing


def clean(text: str) -> str:
    """Returns the text without control characters and outer white space.

    Line breaks and tabs stay, and so does whatever a script or an emoji needs to be joined up.

    Raises:
        TooLarge: the text is longer than MAX_LENGTH.
    """
    if len(text) > MAX_LENGTH:
        raise TooLarge(
            f"The text has {len(text):,} characters, {MAX_LENGTH:,} are read at once. "
            "Send it in shorter parts."
        )
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return _HARMFUL.sub("", lines).strip()


def is_readable(text: str) -> bool:
    """Tells whether a person would see anything."""
    return any(unicodedata.category(sign) not in _INVISIBLE and sign not in _BLANK for sign in text)
