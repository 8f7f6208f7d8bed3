"""What a customer says is wrong with a delivery, and what they want done about it."""

import re
from collections.abc import Mapping
from typing import TypeVar

from shop.problems import Problem, Resolution

T = TypeVar("T")


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:\b|(?<=\w)(?=n't))(?:{pattern})(?!\w)", re.IGNORECASE)


_PROBLEMS = {  # the first that fits: "the wrong one, and it is broken" is broken
    Problem.DAMAGED: _words(
        r"damag\w*|broke\w*|break\w*|crack\w*|shatter\w*|chipped|smash\w*|leak\w*|soak\w*|crush\w*|"
        r"scratch\w*|dent(?:ed|s)?|torn|ripped|bent|in (?:a thousand )?pieces"
    ),
    Problem.NOT_RECEIVED: _words(
        r"(?:says?|said|shows?|marked|status|tracking|according|claims?|supposedly)\b.{0,40}"
        r"\bdelivered|delivered\b.{0,20}\bbut|stolen|handed over\b.{0,30}\b(?:nobody|no ?one)|"
        r"(?:wrong|other) (?:house|address|door|neighbou?r)|nothing (?:arrived|came)"
    ),
    Problem.MISSING_ITEM: _words(
        r"missing|incomplete|not in (?:the|my) (?:box|parcel|package)|empty|half of (?:it|my|the)|"
        r"only (?:got|received|one|two|half|part)|forgot(?:ten)? (?:to|an|the|one)|left out|"
        r"(?:n't|not) (?:all|everything) (?:there|here|in)"
    ),
    Problem.WRONG_ITEM: _words(
        r"wrong|not what i (?:ordered|bought|wanted)|(?:some(?:body|one) else|stranger)'s|"
        r"different (?:one|item|thing|product|size|colou?r|model)|mix(?:ed)?[ -]?up|"
        r"i ordered an? .{1,30}\bgot"
    ),
    Problem.LATE: _words(
        r"late|overdue|delay\w*|stuck|lost|no (?:news|movement|update)|still (?:not|no|waiting)|"
        r"(?:n't|not|never|nothing)(?: \w+){0,3} (?:arriv\w*|come|came|here|got|received?|moved?)|"
        r"(?:where|when) (?:is|are|does|will)|taking (?:so|too|for)|not received"
    ),
}
_RESOLUTIONS = {
    Resolution.COMPENSATION: _words(r"compensat\w*|something back|partial refund|for the delay"),
    Resolution.REFUND: _words(
        r"refund\w*|reimburs\w*|pay me back|(?:get|money|give)\b.{0,12}\bback"
    ),
    Resolution.RESEND: _words(
        r"re-?send|replace\w*|(?:send|ship|deliver)\b.{0,25}\b(?:again|new|another)|(?:a )?new one|"
        r"another one|new delivery"
    ),
    Resolution.TRACE: _words(r"trace|look for|search\w*|investigat\w*|ask the carrier|find it"),
    Resolution.WAIT: _words(r"wait"),
}


def which_problem(text: str) -> Problem | None:
    """Returns the problem that a text tells of."""
    return _first(text, _PROBLEMS)


def which_resolution(text: str) -> Resolution | None:
    """Returns what a text wants done."""
    return _first(text, _RESOLUTIONS)


def _first(text: str, patterns: Mapping[T, re.Pattern[str]]) -> T | None:
    plain = text.replace("\u2019", "'")
    return next((meant for meant, words in patterns.items() if words.search(plain)), None)
