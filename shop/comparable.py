"""Brings what people write differently to one form, so that it can be compared and looked up."""

import unicodedata


def comparable(text: str) -> str:
    """Returns an e-mail address or postcode without case and blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def person_key(name: str, postcode: str) -> str:
    """Returns under which key a person is found by name and postcode; empty if either is."""
    known = _name(name), comparable(postcode)
    return "|".join(known) if all(known) else ""


def _name(text: str) -> str:
    """Returns a name without case, marks, punctuation and the order of its words."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    letters = (" " if unicodedata.category(each)[0] in "PZC" else each for each in parts)
    plain = "".join(each for each in letters if unicodedata.category(each)[0] != "M")
    return " ".join(sorted(plain.split()))
