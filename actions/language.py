"""Tells a language that the bot does not speak from English that it did not understand."""

import re
from functools import cache

from babel import Locale
from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Those that many customers of shops write in; a short text is told apart better among fewer.
_KNOWN = [
    "en",
    "ar",
    "bg",
    "cs",
    "da",
    "de",
    "el",
    "es",
    "et",
    "fi",
    "fr",
    "he",
    "hi",
    "hr",
    "hu",
    "id",
    "it",
    "ja",
    "ko",
    "lt",
    "lv",
    "nl",
    "no",
    "pl",
    "pt",
    "ro",
    "ru",
    "sk",
    "sl",
    "sv",
    "th",
    "tr",
    "uk",
    "vi",
    "zh",
]
_SURE = 0.8
_FEWEST_WORDS = 3  # fewer may be a name, a product or a typo
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_ODD = re.compile(r"\S*[\d@/]\S*")  # numbers, addresses and links are in no language


def foreign_language(text: str) -> str | None:
    """Returns the code of the language that a text is in; None where it may well be English."""
    words = _ODD.sub(" ", text).split()
    if not any(map(str.isalpha, "".join(words))):
        return None
    may_be_english = bool(_LATIN.search(text))
    if may_be_english and len(words) < _FEWEST_WORDS:
        return None
    code, probability = _identifier().classify(" ".join(words))
    is_sure = probability >= _SURE or not may_be_english
    return str(code) if code != "en" and is_sure else None


def language_name(code: str) -> str:
    """Returns what a language is called in English."""
    return str(Locale("en").languages.get(code, code))


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_KNOWN)
    return identifier
