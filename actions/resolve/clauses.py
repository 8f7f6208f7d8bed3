"""Splits a message into the requests that it holds."""

import re

_SENTENCE = re.compile(r"\S(?:[^.!?;\n]|[.](?=\w))*[.!?;\s]*")
_ACT = (
    r"(?:(?:please|just|only|either|rather) )?"
    r"(?:cancel|return|send back|give back|exchange|swap|replace|change|modify|update|switch|upgrade|"
    r"adjust|edit|correct|track|reschedule|deliver|redeliver|delete|remove|unsubscribe|subscribe|"
    r"check|know|find out|ask|tell me|show me|list)"
)
_WANT = (
    r"(?:(?:i|you|we)(?: ?'d| would| also| really| just)* ?"
    r"(?:want|need|wish|wonder|like|have to|plan|intend|prefer to)\b|"
    r"(?:can|could|would|will) (?:you|i|we)\b|i ?'?d like\b|help me\b)"
)
_NEXT = (
    r"(?:also|additionally|furthermore|lastly|finally|secondly|second,|next,|then|afterwards|plus)"
)
_CUTS = re.compile(
    rf"(?:,\s*|\s+)(?:and\s+|but\s+)?(?={_NEXT}\b,?\s)(?=.*\b(?:{_ACT})\w*\b)|"
    rf"(?:,\s*(?:and|but|then)?\s*|\s+and\s+)(?={_WANT})|"
    rf"(?:,\s*(?:and|then)?\s*|\s+(?:and|then)\s+)(?=(?:to )?{_ACT}\b)",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    rf"\b(?:{_ACT}(?:e?[sd]|ing)?|where|when|what|how|which|why|refund|invoice|pay)\b",
    re.IGNORECASE,
)
_BELONGS_BEFORE = re.compile(
    r"^\W*(?:if|unless|otherwise|or else|in that case|in case|but|prefer\w*|ideally|(?:i|you|we)(?:'d)? "
    r"(?:would |really )?(?:prefer|do not|don'?t|only care|believe|like)|and if|make sure|price is|when asked|it|"
    r"they|this|that|the (?:correct|new)|everything else|nothing else|same)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"\b(?:if|unless|whether|in case)\b[^,;]*$", re.IGNORECASE)
_BECAUSE = re.compile(r"\bbecause\b[^,;]*$", re.IGNORECASE)


def split_requests(text: str) -> list[str]:
    """Returns the parts of a message that hold separate requests, in their order.

    A condition, a preference or a reason stays with the request before it; what leads up to the
    first request stays with that.
    """
    spans: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(text):
        for i, (start, end) in enumerate(_cut(text, *sentence.span())):
            if spans and _belongs_before(text[slice(*spans[-1])], text[start:end], is_first=i == 0):
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return [text[start:end].strip() for start, end in spans]


def _belongs_before(before: str, piece: str, *, is_first: bool) -> bool:
    if not (_REQUEST.search(before) and _REQUEST.search(piece)):
        return True
    return is_first and bool(_BELONGS_BEFORE.match(piece))


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Returns a sentence cut before each further request; never inside brackets or a condition."""
    cuts: list[tuple[int, int]] = []
    if _BELONGS_BEFORE.match(text[start:end]):
        return [(start, end)]
    for match in _CUTS.finditer(text, start, end):
        before = text[start : match.start()]
        is_reason = _BECAUSE.search(before) and not match.group().startswith(",")
        is_inside = before.count("(") > before.count(")") or _CONDITION.search(before)
        if before.strip() and not (is_inside or is_reason) and _REQUEST.search(before):
            cuts.append((start, match.start()))
            start = match.end()
    return [*cuts, (start, end)]
