"""Reads out of a message what is wanted: the thing itself, and its limits."""

import re
from decimal import Decimal

from actions.resolve.wish import Price, asked_price
from actions.shopping.limits import Limits

_CURRENCY = r"(?:€|\$|£|(?:euros?|eur|dollars?|usd|pounds?|gbp|bucks|quid)\b)"
_NO_PRICE = r"(?!\s*-?(?:[cm]?m|k?g|m?l|[kmgt]b|k?w|v|mah|in(?:ch(?:es)?)?|[\"″%]|years?|months?|pieces?|people|persons?|players?|lit(?:re|er)s?|pages?|hours?)(?!\w))"
_AMOUNT = rf"(?:{_CURRENCY}\s*)?(\d+(?:[.,]\d\d?)?)(?![\d.,]*\d){_NO_PRICE}(?:\s*{_CURRENCY})?"
_BETWEEN = re.compile(rf"\b(?:between|from)\s+{_AMOUNT}\s*(?:and|to|-)\s*{_AMOUNT}")
_AT_MOST = re.compile(
    r"\b(?:(?:under|below|less than|cheaper than|up to|at most|max(?:imum)?(?: of)?|within"
    rf"|(?:no|not) more than)|(?:my )?budget(?: is| of)?)\s+{_AMOUNT}"
)
_AT_LEAST = re.compile(
    rf"\b(?:over|above|more than|at least|min(?:imum)?(?: of)?|starting (?:at|from))\s+{_AMOUNT}"
)
_AROUND = re.compile(rf"\b(?:around|about|roughly|approximately)\s+{_AMOUNT}")
_FOR = re.compile(rf"\bfor\s+(?:{_CURRENCY}\s*(\d+)|(\d+)\s*{_CURRENCY})")
_ABOUT = Decimal("0.25")  # how far from it a price of around so much may be
_IN_STOCK = re.compile(
    r"\b(?:(?:only|just|but|that|which|what|is|are|what['\u2019]s|currently)\s+)*"
    r"(?:in stock|on stock|available(?: now)?)\b"
)
_BY_PRICE = re.compile(
    r"\b(?:the |something |anything |a bit |much |even )*(?:cheaper|cheapest|less (?:expensive|costly)"
    r"|least (?:expensive|costly)|(?:lower|lowest)[- ]pric\w+|(?:more|most) (?:expensive|costly)"
    r"|pricier|priciest|cheap|inexpensive|affordable)(?: first)?\b"
)
_CHEAP = re.compile(r"\b(?:cheap|inexpensive|affordable|lower[- ]pric\w+)\b")
_LEAD_IN = re.compile(
    r"""^(?: hi | hello | hey | please | ok | so | and | well | yes | then
    | (?: do | would | can | could | will ) \s+ (?: you | u | ya | i | we )
    | (?: have | has ) \s+ you
    | (?: are | is ) \s+ there | got
    | i['\u2019]?m | i \s+ am | i['\u2019]?d | i['\u2019]?ll | i | we
    | want | wanna | need | like | would | could | use | have | buy | order | purchase
    | look(?:ing|in)? | search(?:ing)? | find | show | see | tell | give | get | recommend | suggest
    | sell | carry | stock | offer | to | for | me | my | us | some | something | any | a | an | the
    | what | which | kinds? \s+ of | got
    )\b [\s,:]*""",
    re.IGNORECASE | re.VERBOSE,
)
_LEAD_OUT = re.compile(
    r"[\s,]*\b(?:please|pls|thanks|thank you|do you (?:have|sell|recommend)|(?:which|that) (?:is|are|cost)"
    r"|(?:is|are|cost|costs)|for sale)\W*$",
    re.IGNORECASE,
)


def wanted(text: str) -> str:
    """Returns what a sentence asks for, without the asking: "do you sell red mugs?" → "red mugs"."""
    text = _LEAD_OUT.sub("", text.strip())
    while shorter := _LEAD_IN.sub("", text, count=1):
        if shorter == text:
            return text.strip(" ?!.,")
        text = shorter
    return ""


def asked_for(text: str) -> tuple[str, Limits]:
    """Returns what a sentence asks for, and within which limits.

    "a coffee grinder under 50 euros, in stock" → "coffee grinder", at most 50, in stock.
    """
    rest, limits = without_limits(text)
    return wanted(rest), limits


def without_limits(text: str) -> tuple[str, Limits]:
    """Returns a text without what it says of price and stock, and that as limits."""
    folded = text.casefold() if len(text.casefold()) == len(text) else text.lower()
    found = Limits()
    for rule, limits in (
        (_BETWEEN, lambda low, high: Limits(at_least=low, at_most=high)),
        (
            _AROUND,
            lambda about: Limits(at_least=about * (1 - _ABOUT), at_most=about * (1 + _ABOUT)),
        ),
        (_AT_MOST, lambda high: Limits(at_most=high)),
        (_FOR, lambda high: Limits(at_most=high)),
        (_AT_LEAST, lambda low: Limits(at_least=low)),
        (_IN_STOCK, lambda: Limits(in_stock=True)),
    ):
        if match := rule.search(folded):
            amounts = [Decimal(each.replace(",", ".")) for each in match.groups() if each]
            found |= limits(*amounts)
            text, folded = (_cut(each, match.start(), match.end()) for each in (text, folded))
    if match := _BY_PRICE.search(folded):
        order = asked_price(match.group()) or (
            Price.LOWEST if _CHEAP.search(match.group()) else None
        )
        found |= Limits(price=order)
        text = _cut(text, match.start(), match.end())
    return " ".join(text.split()), found


def _cut(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"
