"""Which way to pay, or to be refunded, a customer means."""

import re
from collections.abc import Sequence

from actions.resolve.resolution import Candidate, Resolution
from actions.resolve.words import sameness, split_words
from shop.model import PaymentMethod

_KINDS = {
    "paypal": re.compile(r"\bpay ?pal\b"),
    "gift-card": re.compile(r"\b(?:gift ?cards?|gc|vouchers?|store credit)\b"),
    "card": re.compile(r"(?<!gift )\b(?:credit|debit|bank)(?: ?cards?)?\b|(?<!gift )\bcards?\b"),
}
_ORIGINAL = re.compile(
    r"\b(?:original|same (?:way|method|card|account|payment|as)|(?:where|how|what|with) i paid|"
    r"(?:way|method|card|one|account) (?:that )?(?:i|we) (?:paid|used)|paid with|initial|old one|"
    r"back to where)\b"
)
_OTHER = re.compile(
    r"\b(?:other|different|another|second|new) (?:\w+ )?(?:card|one|method|account|way)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|instead of|rather than|no longer|anything but|except|without)\s+(?:to |by |with |on )?"
    r"(?:the |my |a )?(?:original )?[\w-]+(?: ?card)?"
)
_SPELLINGS = {"amex": "american express", "mc": "mastercard", "master card": "mastercard"}


def which_payment_method(
    text: str, methods: Sequence[PaymentMethod], *, original: str | None = None
) -> Resolution[PaymentMethod]:
    """Returns which of a customer's ways to pay a text speaks of.

    Args:
        text: what the customer said.
        methods: those on record.
        original: the id of the one that the order was paid with.
    """
    folded = _NEGATED.sub(" ", _spelt(text.casefold()))
    by_id = (re.search(rf"(?<![\w-]){re.escape(one.id)}(?![\w-])", text) for one in methods)
    if exact := [one for one, found in zip(methods, by_id, strict=True) if found]:
        return Resolution(tuple(Candidate(one, 1.0, ("by its id",)) for one in exact))
    named = [(one, _named(folded, one)) for one in methods]
    candidates = [Candidate(one, score, why) for one, (score, why) in named if score]
    if _OTHER.search(folded):
        kinds = {one.value.kind for one in candidates} or {one.kind for one in methods}
        others = [one for one in methods if one.id != original and one.kind in kinds]
        return Resolution(tuple(Candidate(one, 0.9, ("another one",)) for one in others))
    if _ORIGINAL.search(folded):
        best = max((one.score for one in candidates), default=0.0)
        paid = [one for one in methods if one.id == original]
        if paid and best < 1:
            return Resolution(tuple(Candidate(one, 1.0, ("the original",)) for one in paid))
    return Resolution.ranked(candidates)


def _spelt(text: str) -> str:
    for short, long in _SPELLINGS.items():
        text = re.sub(rf"\b{short}\b", long, text)
    return text


def _named(text: str, one: PaymentMethod) -> tuple[float, tuple[str, ...]]:
    """Returns how surely a text names a way to pay: by its digits, its brand or its kind."""
    label = split_words(_spelt(one.label.casefold()))
    digits = [word.text for word in label if word.text.isdigit()]
    if any(re.search(rf"(?<!\d){number}(?!\d)", text) for number in digits):
        return 1.0, ("by its digits",)
    spoken = split_words(text)
    brands = [w for w in label if w.text.isalpha() and w.has_content and w.stem not in _KIND_STEMS]
    if brands and all(any(sameness(b.stem, w.stem) for w in spoken) for b in brands):
        return 0.95, ("by its name",)
    kind = _KINDS.get(one.kind)
    if kind and kind.search(text):
        return 0.8, (f"a {one.kind}",)
    return 0.0, ()


_KIND_STEMS = frozenset(word.stem for word in split_words("gift card credit debit account voucher"))
