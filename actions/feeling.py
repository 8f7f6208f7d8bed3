"""How upset a customer is: measured by their words, capitals and repeats, and by what went wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from rapidfuzz import fuzz
from rasa_sdk.interfaces import Tracker

from actions.dialogue import is_from_outside

_UPSET, _ANGRY = 0.5, 0.9
_FADES = 0.6  # what is left of a sign one message later
_LOOKS_BACK = 6  # messages of the customer

_OF_INTENT = {"complaint": 0.3, "insult": 0.6}
_HEATED = re.compile(
    r"\b(?:ridiculous|unacceptable|outrageous|disgrace\w*|pathetic|terrible|awful|horrible|appalling|"
    r"worst|useless|stupid|idiot\w*|angry|furious|mad at|annoy\w+|frustrat\w+|fed up|sick of|had enough|"
    r"joke|scam|liars?|lied|thieves|never again|waste of time|wtf|ffs|damn\w*|hell|bloody|crap|"
    r"f+u+c+k\w*|shit\w*|seriously|for the (?:second|third|fourth|hundredth|last) time|"
    r"how (?:many times|often do i)|already (?:told|said|asked|gave)|told you|"
    r"(?:don'?t|doesn'?t|do not|not) (?:listen|understand|get it|help|work|working|helping))\b",
    re.IGNORECASE,
)
_HEAT, _SHOUTING, _SHOUTS, _REPEAT, _FAILURE = 0.4, 0.35, 0.15, 0.3, 0.2
_MARKS = re.compile(r"[!?]{2,}")
_FEWEST_LETTERS, _MOST_ARE = 8, 0.7  # capitals from which on somebody shouts
_SAME = 90  # likeness in per cent from which on something was said before
_FAILURES = frozenset(
    {
        "utter_answer_not_understood",
        "utter_did_you_mean",
        "utter_failed",
        "utter_no_answer",
        "utter_policy_unknown",
        "utter_rephrase",
        "utter_still_not_understood",
        "utter_still_not_understood_about",
    }
)


@dataclass(frozen=True, slots=True)
class Feeling:
    """How upset somebody is, from 0 (calm) to 1."""

    frustration: float

    @property
    def is_upset(self) -> bool:
        """Tells whether a sorry is due, and a short way to a person."""
        return self.frustration >= _UPSET

    @property
    def mood(self) -> str:
        """What a colleague reads: calm, upset or angry."""
        if self.frustration >= _ANGRY:
            return "angry"
        return "upset" if self.is_upset else "calm"


def feeling(tracker: Tracker) -> Feeling:
    """Returns how upset the customer is by now; what was said longer ago counts for less."""
    total, weight = 0.0, 1.0
    for said, failures in _messages(tracker):
        total += weight * (said + _FAILURE * failures)
        weight *= _FADES
    return Feeling(min(total, 1.0))


def _messages(tracker: Tracker) -> Iterator[tuple[float, int]]:
    """Yields the signs in each message, latest first, and how often the bot had failed before it."""
    written = [event for event in tracker.events if _is_message(event)][-_LOOKS_BACK:]
    texts = [event.get("text") or "" for event in written]
    for place in reversed(range(len(written))):
        yield _signs(written[place], texts[:place]), _failures_before(written[place], tracker)


def _is_message(event: dict[str, Any]) -> bool:
    return is_from_outside(event) and not (event.get("text") or "/").startswith("/")


def _signs(event: dict[str, Any], before: list[str]) -> float:
    text = event["text"]
    intent = str(event["parse_data"]["intent"]["name"])
    is_repeat = intent != "inform" and any(  # an order number may be tried with several addresses
        fuzz.ratio(text.casefold(), each.casefold()) >= _SAME for each in before
    )
    return (
        _OF_INTENT.get(intent, 0.0)
        + _HEAT * bool(_HEATED.search(text))
        + _SHOUTING * _is_shouting(text)
        + _SHOUTS * bool(_MARKS.search(text))
        + _REPEAT * is_repeat
    )


def _is_shouting(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return len(letters) >= _FEWEST_LETTERS and sum(map(str.isupper, letters)) >= _MOST_ARE * len(
        letters
    )


def _failures_before(message: dict[str, Any], tracker: Tracker) -> int:
    """Returns how many of the bot's replies to the message before were failures."""
    at = next(i for i, event in enumerate(tracker.events) if event is message)
    since = takewhile(lambda event: not is_from_outside(event), reversed(tracker.events[:at]))
    replies = (event.get("metadata") or {} for event in since if event["event"] == "bot")
    return sum(reply.get("utter_action") in _FAILURES for reply in replies)
