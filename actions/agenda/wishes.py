"""What kinds of requests a piece of a message plainly wishes for, by its verbs and their objects."""

import re

_KINDS = {
    "cancel": "cancel_order",
    "exchange": "exchange_item",
    "return": "return_item",
    "send back": "return_item",
    "swap": "exchange_item",
}
_PLAIN = "|".join(_KINDS)
_CHANGE = "change|modify|update|switch|upgrade|replace|adjust|edit|correct|fix"
_NO_WISH = r"(?! (?:polic|label|window|period|fee|cost|shipping|address|status))"
_WISHED = re.compile(
    r"(?:\b(?:want|wish|like|need|intend|happy|willing|please|also|potentially|rather|help me|"
    r"(?:can|could|would) you|(?:wonder|ask)(?:ing)? (?:if|whether) (?:you|i|we) (?:can|could)|"
    r"and (?:if|whether) (?:you|i|we) (?:can|could)|see if (?:it|they|this|that) can be|"
    r"asks? (?:you|the agent) to|and|so)\b|\A\W*|[,.;!?\n])"
    r"(?:\s*\b(?:to|also|just|only|please|then|lastly|finally|potentially)\b)*\s*"
    rf"\b(?:(?P<plain>{_PLAIN})(?:l?ed)?(?:,? or (?:to )?(?P<other>{_PLAIN}))?|(?P<change>{_CHANGE}))\b{_NO_WISH}",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;!?\n]")
_NEGATED = re.compile(r"\b(?:not|n['\u2019]t|never|no)\b(?:\W+\w+){0,2}\W*\Z", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:not (?:yet )?sure|do(?: not|n['\u2019]t) (?:process|do|start|begin|return|cancel) "
    r"(?:anything|it|them|that)|just (?:asking|wondering|curious))\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\b(?:check|know|ask|wonder|see|tell me|find out)\b[^.;]{0,30}\b(?:whether|if)\b",
    re.IGNORECASE,
)
_OF_NO_ITEM = re.compile(
    r"\b(?:pay(?:ment|ing|pal)?|card|e-?mail|password|name|phone|newsletter|account|profile|"
    r"number|personal|user|contact)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = r"(?:default|user|profile|account|billing|home)"
_DESTINATION = re.compile(
    rf"\b(?:to|as)\s+(?:be\s+)?(?:(?:the|my|our|your|same|as|in)\s+)*{_OF_ANOTHER}\b[^,.;]*",
    re.IGNORECASE,
)
_DEFAULT = re.compile(
    rf"\b{_OF_ANOTHER}\b(?: \w+)?[ -]address|\b(?:and|also|with) my (?:profile|account)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:my|the|our|this|that|all|both|every|each|any|an?|these|those)\b"
    r"(?: (?!i\b|you\b|we\b|address)[\w-]+){0,3} orders?\b|\border #|#\w*\d|\bshipping address|"
    r"\bdelivery address|\bthe address",
    re.IGNORECASE,
)


def wished(piece: str) -> tuple[str, ...]:
    """Returns the kinds that a piece wishes for; none if it says no plain wish.

    Several are "cancel or return", or one address for an order and for the account.
    """
    for match in _WISHED.finditer(piece):
        if _NEGATED.search(piece, 0, match.start(match.lastgroup or 0)):
            continue
        if match["plain"]:
            said = (match["plain"], match["other"])
            return tuple(dict.fromkeys(_KINDS[verb.casefold()] for verb in said if verb))
        if "address" in _SENTENCE_END.split(piece[match.end() :])[0].casefold():
            return _addresses(piece)
        if not _OF_NO_ITEM.search(piece, match.end(), match.end() + 30):
            return ("change_order",)
    return ()


def named(piece: str) -> tuple[str, ...]:
    """Returns the kind that a piece names first, wished for or not."""
    match = re.search(rf"\b(?:{_PLAIN})", piece, re.IGNORECASE)
    return (_KINDS[match.group().casefold()],) if match else ()


def is_either(piece: str) -> bool:
    """Tells whether a piece leaves it open which of two kinds is to be done."""
    return any(match["other"] for match in _WISHED.finditer(piece))


def is_unsure(piece: str) -> bool:
    """Tells whether a piece only asks about something, and says that it is not to be done yet."""
    return bool(_UNSURE.search(piece) and _QUESTION.search(piece))


def _addresses(piece: str) -> tuple[str, ...]:
    """Returns whether an order shall go elsewhere, the customer has moved, or both."""
    rest = _DESTINATION.sub("", piece)
    places = {
        "change_shipping_address": _ORDER.search(rest),
        "change_default_address": _DEFAULT.search(rest),
    }
    found = {kind: place.start() for kind, place in places.items() if place}
    return tuple(sorted(found, key=lambda kind: found[kind]))
