"""Which variant of a product a customer wants in place of the one they have."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.resolve.meaning import Meaning
from actions.resolve.resolution import Candidate, Resolution
from actions.resolve.values import options_of
from actions.resolve.wish import Price, Wish, read_wish
from shop.model import OrderLine, Product, Variant

_STEP = 0.1  # in score, from one place of the order to the next
_RELAXED = 0.9  # best score where an unmentioned option has to change as well
_IMPOSSIBLE = 0.4  # best score of what does not fulfil the wish: offered, never taken
_LEAST = 0.5
_SHORTEST_ID = 3

_IF = re.compile(r"\b(?:and |but )?if\b(?P<condition>[^.;]*?)(?:,|\bthen\b)\s*", re.IGNORECASE)
_IF_THEN = re.compile(
    r"\b(?:and |but )?if\b(?P<condition>[^.;]*?),\s*(?:then\s+)?"
    r"(?=(?:i|you|we|please|just|get|go|take|make|give|use|choose|pick|exchange|change)\b)",
    re.IGNORECASE,
)
_ELSE = re.compile(r"\b(?:otherwise|or else|failing that|if not|else)\b,?\s*", re.IGNORECASE)
_NOT_TO_BE_HAD = re.compile(
    r"\b(?:no|not|none|cannot|unavailable|sold out|out of stock|impossible|dont|doesnt|isnt|arent|cant|wont)\b|"
    r"n['\u2019]t\b",
    re.IGNORECASE,
)
_IF_SEVERAL = re.compile(r"\b(?:available|possible|several|multiple|more than one|stock|have)\b")
_AS_ANOTHER = re.compile(
    r"\b(?:same|like|as|match\w*|type|kind|version|one|that)\b (?:[\w'-]+ ){0,6}?"
    r"(?:(?:in|from|of) (?:my|the|your|another|an) (?:\w+ )?order|other (?:one|order)|"
    r"already (?:have|received|own|got|bought)|(?:have|got|received|own) already)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.;\n]+(?!\d)")


@dataclass(frozen=True, slots=True)
class Offer:
    """A variant that can be had instead."""

    variant: Variant
    relaxed: tuple[str, ...] = ()  # options that nobody mentioned, and that change nevertheless
    missed: tuple[str, ...] = ()  # options that are not as wished
    changes: int = 0  # how many options change that nobody mentioned


@dataclass(frozen=True, slots=True)
class Swap:
    """What could come in place of a line."""

    offers: Resolution[Offer]
    is_understood: bool  # whether the text says at all what is wanted
    impossible: tuple[str, ...] = ()  # wanted values that the product does not come in
    otherwise: str = ""  # what is wanted if the wish cannot be fulfilled, and is no other variant


def which_variant(
    text: str,
    product: Product,
    line: OrderLine,
    *,
    others: Sequence[OrderLine] = (),
    meaning: Meaning | None = None,
) -> Swap:
    """Returns the variants that fulfil a wish, best first; only those in stock, never the own one.

    Args:
        text: what is said of what is wanted: `Mention.wish`, or an answer to the question for it.
        product: whose variants there are to choose from.
        line: what the customer has; options that nobody mentions stay as in it.
        others: the customer's other lines, for "the same as in my other order".
        meaning: understands values in other words.
    """
    in_stock = [one for one in product.variants if one.stock > 0 and one.id != line.variant_id]
    if named := _by_id(text, in_stock):
        return Swap(Resolution(tuple(named)), is_understood=True)
    options = options_of(product)
    texts = _first_and_fallbacks(text)
    wishes: list[Wish] = []
    otherwise = ""
    for said in texts:
        wish = read_wish(said, options, line.options, name=product.title, meaning=meaning)
        if not wishes or wish.says_something:
            wishes.append(_on_top_of(wishes[0], wish) if wishes else wish)
        else:
            otherwise = said
            break
    if not wishes[0].required and (owned := _as_in(text, in_stock, product, others)):
        return Swap(Resolution(tuple(owned)), is_understood=True)
    for i, wish in enumerate(wishes):
        offers = _offers(wish, in_stock, line)
        is_last = i + 1 == len(wishes) and not otherwise
        if any(_fulfils(one.value, exactly=not is_last) for one in offers.candidates):
            return Swap(offers, is_understood=True, impossible=wish.impossible)
    first = wishes[0]
    offers = Resolution() if otherwise else _offers(first, in_stock, line)
    return Swap(offers, first.says_something, first.impossible, otherwise)


def _fulfils(offer: Offer, *, exactly: bool) -> bool:
    return not offer.missed and not (exactly and offer.relaxed)


def _by_id(text: str, variants: Sequence[Variant]) -> list[Candidate[Offer]]:
    return [
        Candidate(Offer(one), 1.0, ("by its id",))
        for one in variants
        if len(one.id) >= _SHORTEST_ID
        and re.search(rf"(?<![\w-]){re.escape(one.id)}(?![\w-])", text, re.IGNORECASE)
    ]


def _as_in(
    text: str, variants: Sequence[Variant], product: Product, others: Sequence[OrderLine]
) -> list[Candidate[Offer]]:
    if not _AS_ANOTHER.search(text):
        return []
    owned = {line.variant_id for line in others if line.product_id == product.id}
    return [
        Candidate(Offer(one), 1.0, ("as in another order",)) for one in variants if one.id in owned
    ]


def _first_and_fallbacks(text: str) -> list[str]:
    """Returns the wish, then in order what is wanted if it cannot be fulfilled: "if not, black"."""
    first, fallbacks, rest = "", [], text
    while match := _condition(rest):
        first += rest[: match.start()]
        condition = match.groupdict().get("condition")
        end = _SENTENCE_END.search(rest, match.end())
        stop = end.start() if end else len(rest)
        then = rest[match.end() : stop]
        if condition is None or _NOT_TO_BE_HAD.search(condition):
            fallbacks.append(then)
        elif _IF_SEVERAL.search(condition):
            first += f" if available prefer {then}"
        rest = rest[stop:]
    return [first + rest, *fallbacks]


def _condition(text: str) -> re.Match[str] | None:
    """Returns the first condition up to where it says what then: "if there is none, ", "or else"."""
    conditional = _IF_THEN.search(text) or _IF.search(text)
    alternative = _ELSE.search(text)
    found = [match for match in (conditional, alternative) if match]
    return min(found, key=lambda match: match.start(), default=None)


def _on_top_of(first: Wish, then: Wish) -> Wish:
    """Returns a fallback with what it leaves unsaid as in the first wish."""
    return Wish(
        required={**first.required, **then.required},
        preferred={**first.preferred, **then.preferred},
        kept=first.kept | then.kept,
        free=first.free | then.free,
        price=then.price or first.price,
        impossible=then.impossible,
    )


def _offers(wish: Wish, variants: Sequence[Variant], line: OrderLine) -> Resolution[Offer]:
    if not wish.says_something:
        return Resolution()
    placed: dict[tuple[float, ...], list[Offer]] = {}
    for variant in variants:
        offer = _offer(wish, variant, line)
        placed.setdefault(_place(wish, offer), []).append(offer)
    candidates = []
    for i, place in enumerate(sorted(placed)):
        for offer in placed[place]:
            best = _IMPOSSIBLE if offer.missed else _RELAXED if offer.relaxed else 1.0
            score = max(best - _STEP * i, 0.0 if offer.missed else _LEAST)
            candidates.append(Candidate(offer, score, _why(offer)))
    return Resolution.ranked(candidates)


def _offer(wish: Wish, variant: Variant, line: OrderLine) -> Offer:
    missed = [
        option
        for option, values in wish.required.items()
        if variant.options.get(option) not in values
    ]
    changed = [
        option
        for option, value in line.options.items()
        if variant.options.get(option) != value
        and option not in wish.required
        and option not in wish.preferred
        and option not in wish.free
    ]
    if wish.price is Price.LOWER and variant.price.minor >= line.price.minor:
        missed.append("price")
    if wish.price is Price.HIGHER and variant.price.minor <= line.price.minor:
        missed.append("price")
    freed = wish.price in (Price.LOWEST, Price.HIGHEST)
    relaxed = [option for option in changed if not freed or option in wish.kept]
    return Offer(variant, tuple(relaxed), tuple(missed), len(changed))


def _place(wish: Wish, offer: Offer) -> tuple[float, ...]:
    """Returns what orders offers, best first: what is wanted, then preferred, then what stays."""
    values = offer.variant.options
    price = offer.variant.price.minor
    return (
        len(offer.missed),
        len(wish.kept & set(offer.relaxed)),
        sum(ranks.get(values.get(option, ""), 0) for option, ranks in wish.required.items()),
        {Price.LOWEST: price, Price.HIGHEST: -price}.get(wish.price, 0) if wish.price else 0,
        sum(
            ranks.get(values.get(option, ""), max(ranks.values()) + 1)
            for option, ranks in wish.preferred.items()
        ),
        offer.changes,
    )


def _why(offer: Offer) -> tuple[str, ...]:
    return tuple(
        f"{what} {', '.join(options)}"
        for what, options in (("changes also", offer.relaxed), ("misses", offer.missed))
        if options
    )
