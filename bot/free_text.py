"""What customers write, made safe to hand to Rasa."""

import re

_MAX_LENGTH = 4000  # characters that reach the dialogue; the gateway keeps the whole message
_COMMAND_PREFIX = re.compile(r"^[\s/]+")


def neutralise(text: str) -> str:
    """Returns free text that Rasa cannot take for a command such as "/restart"."""
    return _COMMAND_PREFIX.sub("", text)[:_MAX_LENGTH]
