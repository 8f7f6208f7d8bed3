"""Words that say which way and how far: "bigger", "the brightest", "too small", "a size up"."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from actions.resolve.words import Word, word_set


class Degree(IntEnum):
    """The forms of an adjective, in the order of the table below."""

    PLAIN = 0
    MORE = 1
    MOST = 2


# By words of the names of options: what is more of it, and what is less, in all three degrees.
_TABLE = (
    ("size capacity volume diameter", "big bigger biggest", "small smaller smallest"),
    ("size capacity volume diameter", "large larger largest", "little littler littlest"),
    ("size width", "loose looser loosest", "tight tighter tightest"),
    ("length height", "long longer longest", "short shorter shortest"),
    ("length height", "tall taller tallest", "short shorter shortest"),
    ("brightness", "bright brighter brightest", "dim dimmer dimmest"),
    ("weight", "heavy heavier heaviest", "light lighter lightest"),
    ("thickness", "thick thicker thickest", "thin thinner thinnest"),
    ("width", "wide wider widest", "narrow narrower narrowest"),
    ("speed", "fast faster fastest", "slow slower slowest"),
    ("difficulty", "hard harder hardest", "easy easier easiest"),
    ("difficulty", "difficult", "simple simpler simplest"),
    ("power strength pressure", "strong stronger strongest", "weak weaker weakest"),
    ("volume loudness", "loud louder loudest", "quiet quieter quietest"),
    ("", "high higher highest", "low lower lowest"),
    ("", "much more most", "few fewer fewest"),
    ("", "great greater greatest", "little less least"),
    ("", "max above maximum", "min below minimum"),
    ("", "max above maximized", "min below minimized"),
)
_STEPS = word_set("size sizes step steps notch notches level levels")
_SIZE = word_set("size")
_ALWAYS_MOST = word_set("max min")


@dataclass(frozen=True, slots=True)
class Direction:
    """Which way an option shall change."""

    sign: int  # 1 for more
    about: frozenset[str]  # words of the names of options that it may speak of; any if empty
    places: frozenset[int]  # where it stands, by the index of the word
    is_utmost: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    sign: int
    degree: Degree
    about: frozenset[str]


def _forms() -> dict[str, _Form]:
    forms: dict[str, _Form] = {}
    for about, more, less in _TABLE:
        for sign, words in ((1, more), (-1, less)):
            for degree, word in zip(Degree, words.split(), strict=False):
                utmost = Degree.MOST if word in _ALWAYS_MOST else degree
                forms.setdefault(word, _Form(sign, utmost, word_set(about)))
    return forms


_FORMS = _forms()


def direction(words: Sequence[Word], i: int) -> Direction | None:
    """Returns the direction that a word gives, in the light of its neighbours.

    What is too small shall be bigger; "less bright" is about the brightness.
    """
    before, behind = _text(words, i - 1), _text(words, i + 1)
    if words[i].text in ("up", "down") and before in _STEPS:
        return Direction(1 if words[i].text == "up" else -1, _SIZE, frozenset({i}))
    form = _FORMS.get(words[i].text)
    if form is None:
        return None
    if form.degree is Degree.PLAIN:
        if before in ("too", "so"):
            return Direction(-form.sign, form.about, frozenset({i - 1, i}))
        if behind == "enough":
            return Direction(form.sign, form.about, frozenset({i, i + 1}))
        return None
    about = form.about or (_FORMS[behind].about if behind in _FORMS else frozenset())
    return Direction(form.sign, about, frozenset({i}), is_utmost=form.degree is Degree.MOST)


def _text(words: Sequence[Word], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""
