"""Which address a customer means: one on record, or a new one that they write out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from actions.resolve.places import names_place
from actions.resolve.resolution import Candidate, Resolution
from actions.resolve.written_address import written_address
from shop.model import Address

DEFAULT = "default"  # the key of the address in the customer's account

_DEFAULT = re.compile(
    r"\b(?:default|profile|account|usual|normal|on file|on record|home address|my home|"
    r"billing)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:other|another|different) (?:order|address|one)\b", re.IGNORECASE)
_AS_ORDER = re.compile(r"\b(?:order|same|as|from|of|in|to)\b", re.IGNORECASE)
_REPLACED = re.compile(
    r"\b(?:from|instead of|rather than|not(?: to)?) (?:my |the )?[\w ]+?(?= to\b|[,.;]|\Z)"
)


@dataclass(frozen=True, slots=True)
class AddressMeant:
    """Where something shall go."""

    address: Resolution[Address]
    missing: tuple[str, ...] = ()  # what a written address still lacks: "postcode"


def which_address(
    text: str, known: Mapping[str, Address], *, current: Address | None = None
) -> AddressMeant:
    """Returns the address that a text speaks of or writes out.

    Args:
        text: what the customer said.
        known: the customer's own by where they stand: `DEFAULT`, or an order's number.
        current: the one that is to be replaced, which is never meant.
    """
    written, missing = written_address(text, list(known.values()))
    if written is not None:
        return AddressMeant(Resolution((Candidate(written, 1.0, ("written out",)),)), missing)
    others = {key: one for key, one in known.items() if one != current}
    if named := _by_order(text, others):
        return AddressMeant(named)
    said = _REPLACED.sub(" ", text)
    scores: dict[Address, tuple[float, str]] = {}
    for key, one in others.items():
        score = names_place(said, one)
        if key == DEFAULT and _DEFAULT.search(said):
            score = max(score, (0.95, "the default"))
        scores[one] = max(score, scores.get(one, (0.0, "")))
    if not any(score for score, _ in scores.values()) and _OTHER.search(said):
        scores = {one: (0.8, "another order's") for key, one in others.items() if key != DEFAULT}
    return AddressMeant(
        Resolution.ranked(
            Candidate(one, score, (why,)) for one, (score, why) in scores.items() if score
        )
    )


def _by_order(text: str, known: Mapping[str, Address]) -> Resolution[Address] | None:
    said = set(re.findall(r"\d{3,}", text))
    named = {key: one for key, one in known.items() if set(re.findall(r"\d{3,}", key)) & said}
    if not named:
        return None
    return Resolution(tuple(Candidate(one, 1.0, (f"as in {key}",)) for key, one in named.items()))
