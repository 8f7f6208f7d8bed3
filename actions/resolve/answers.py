"""Whether an answer to a question is yes, no, or something else."""

import re
from dataclasses import dataclass
from enum import Enum

_IT = r"(?:it|that|this|them|those|so|both|(?:the|this|my) (?:order|exchange|return|change|changes|cancellation|refund|request))"
_ACT = r"(?:do|process|confirm|place|submit|make|complete|proceed(?: with)?)"
_YES = (
    rf"(?:fine|ok(?:ay)?|good) (?:with|by|for) me|y(?:es+|eah|ep|up|a)?|sure(?: thing)?|ok(?:ay)?|k|fine|correct|right(?! away)|exactly|"
    rf"(?:i )?confirm(?:ed)?(?: {_IT})?|(?:i )?agreed?|absolutely|definitely|certainly|of course|"
    rf"perfect|great(?! question)|good(?! question)|sounds (?:good|great|right)|"
    rf"(?:that'?s|that is|it'?s|all|looks|this is) (?:right|correct|fine|good|ok(?:ay)?|perfect|great)|"
    rf"go for it|go ahead(?: and {_ACT} {_IT}| with {_IT})?|(?:let'?s )?(?:do|proceed with) {_IT}|"
    rf"please do(?! not)|proceed|i do(?! not)|(?:that )?works(?: for me)?|i'?m sure"
)
_NO = (
    rf"(?!no (?:worries|problem))no(?:pe|t now|t yet|t really| thanks?| thank you)?|nah|n|never(?: ?mind)?|"
    rf"(?:i )?(?:don'?t|do not)(?: \w+ {_IT}| want(?: to)?| do)?|"
    rf"not (?:this|that|right|correct)|stop|cancel that|forget (?:about )?it|forget that|leave it|"
    rf"(?:that'?s|that is|it'?s) (?:not (?:right|correct|it)|wrong|incorrect)|wrong|incorrect|"
    rf"i(?:'ve| have)? changed my mind"
)
_FILLER = r"(?:(?:please|wait|hold on|no (?:worries|problem)|thanks?(?: you)?(?: so much| very much)?|then|so|well|oh|um+|hm+|actually|and)\b[\s,.!]*)*"
_LEADS = {
    True: re.compile(rf"\A\W*{_FILLER}(?:{_YES})(?![\w'])[\s,.!;:-]*", re.IGNORECASE),
    False: re.compile(rf"\A\W*{_FILLER}(?:{_NO})(?![\w'])[\s,.!;:-]*", re.IGNORECASE),
}
_REST = re.compile(rf"\A{_FILLER}\Z", re.IGNORECASE)
_QUESTION = re.compile(
    r"\A\W*(?:what|how|when|where|which|who|why|can|could|would|will|is|are|does|do|did|should)\b",
    re.IGNORECASE,
)
_EMOJI = {"👍": True, "✅": True, "👌": True, "👎": False, "❌": False}
_ECHO = rf"\A(?:(?:{_IT}|{_ACT}|{{verb}}|all|of|to|with|everything|please|is)\b|\W)*\Z"


class Yes(Enum):
    """What an answer says."""

    YES = "yes"
    YES_BUT = "yes-but"  # with a change, so nothing may be done yet
    NO = "no"
    NO_BUT = "no-but"  # with something else that is wanted
    NEITHER = "neither"  # a question, or another matter


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and what it says beyond yes or no."""

    says: Yes
    rest: str = ""


def yes_no(text: str, *, verb: str = "do") -> Answer:
    """Returns whether a text says yes or no to the question that was asked.

    A plain YES is given only where nothing else is said that could change what is agreed to.

    Args:
        text: what the customer said.
        verb: what was asked for leave to do: "yes, return it" agrees to a return, and to no other.
    """
    plain = text.strip().replace("\u2019", "'")
    if plain[:1] in _EMOJI and not plain[1:].strip("\ufe0f 🏻🏼🏽🏾🏿"):
        return Answer(Yes.YES if _EMOJI[plain[0]] else Yes.NO)
    if plain.endswith("?"):
        return _of_question(plain)
    for is_yes in (False, True):
        if match := _LEADS[is_yes].match(plain):
            return _with_rest(plain[match.end() :], verb, is_yes=is_yes)
    return Answer(Yes.NEITHER, plain)


def _of_question(plain: str) -> Answer:
    """Reads a question, in which nothing is agreed to: "yes, can you do it today?"."""
    if _QUESTION.match(plain):
        return Answer(Yes.NEITHER, plain)
    for is_yes in (False, True):
        match = _LEADS[is_yes].match(plain)
        if match and (rest := plain[match.end() :].strip(" ?")):
            return Answer(Yes.YES_BUT if is_yes else Yes.NO_BUT, rest)
    return Answer(Yes.NEITHER, plain)


def _with_rest(rest: str, verb: str, *, is_yes: bool) -> Answer:
    """Reads what follows, where several of the same may follow each other: "yes, go ahead"."""
    while (match := _LEADS[is_yes].match(rest)) and match.end():
        rest = rest[match.end() :]
    rest = rest.strip(" ,.;:!-")
    rest = re.sub(r"\A(?:but|and)\s+", "", rest, flags=re.IGNORECASE)
    echo = re.compile(_ECHO.replace("{verb}", re.escape(verb)), re.IGNORECASE)
    if _REST.match(rest) or (is_yes and echo.match(rest)):
        return Answer(Yes.YES if is_yes else Yes.NO)
    return Answer(Yes.YES_BUT if is_yes else Yes.NO_BUT, rest)
