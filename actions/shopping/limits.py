"""What products have to be, beside what they are: their price, their stock, their options."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from actions.resolve.values import options_of, spoken_values
from actions.resolve.wish import Price
from actions.resolve.words import Word, sameness, split_words, word_set
from shop.model import Product, Variant
from shop.prices import major

_CHEAPEST_FIRST = (Price.LOWEST, Price.LOWER)
_SAYS_NOTHING = word_set(
    """show see find look just ones option options version model models thing things product
    products item items price prices cost costs color colour colors colours size sizes filter sort
    search result results list give tell instead but maybe rather prefer preferably come comes"""
)
_LETTERS = word_set("xs s m l xl xxl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is wanted of a product beside its kind. Prices are in whole units of the currency."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    in_stock: bool = False
    price: Price | None = None  # which comes first
    having: str = ""  # words that the options or the description must have: "black, size M"

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Returns the limits that `as_json` gave."""
        amounts = {name: Decimal(kept[name]) for name in ("at_least", "at_most") if kept.get(name)}
        order = Price[kept["price"]] if kept.get("price") else None
        return cls(
            **amounts,
            in_stock=bool(kept.get("in_stock")),
            price=order,
            having=str(kept.get("having", "")),
        )

    def as_json(self) -> dict[str, Any]:
        """Returns the limits as plain values."""
        return {
            "at_least": None if self.at_least is None else str(self.at_least),
            "at_most": None if self.at_most is None else str(self.at_most),
            "in_stock": self.in_stock,
            "price": self.price and self.price.name,
            "having": self.having,
        }

    def __or__(self, more: "Limits") -> "Limits":
        """Returns both together; where they differ, what was said later holds."""
        return Limits(
            at_least=more.at_least if more.at_least is not None else self.at_least,
            at_most=more.at_most if more.at_most is not None else self.at_most,
            in_stock=self.in_stock or more.in_stock,
            price=more.price or self.price,
            having=", ".join(filter(None, (self.having, more.having))),
        )

    def sift(self, products: Sequence[Product]) -> list[Product]:
        """Returns the products of which a variant keeps all limits, in the order wanted."""
        kept = [(product, prices) for product in products if (prices := self._prices(product))]
        if self.price in _CHEAPEST_FIRST:
            kept.sort(key=lambda pair: min(pair[1]))
        elif self.price is not None:
            kept.sort(key=lambda pair: max(pair[1]), reverse=True)
        return [product for product, _ in kept]

    def _prices(self, product: Product) -> list[Decimal]:
        """Returns what the variants cost that keep the limits."""
        return [
            price
            for variant in having(product, self.having)
            if (variant.stock > 0 or not self.in_stock)
            and self._is_affordable(price := major(variant.price))
        ]

    def _is_affordable(self, price: Decimal) -> bool:
        return (self.at_least is None or price >= self.at_least) and (
            self.at_most is None or price <= self.at_most
        )


def having(product: Product, said: str) -> list[Variant]:
    """Returns the variants with the options that a text names, if the product has its other words.

    A word may be the value of an option ("blue"), or stand anywhere in what the shop says of the
    product; one that is refused ("not leather") must not be an option.
    """
    words = split_words(said)
    spoken = spoken_values(words, options_of(product))
    used = {i for one in spoken for i in range(one.first, one.last + 1)}
    rest = [words[i] for i in range(len(words)) if i not in used and _tells(words, i)]
    own = split_words(_described(product))
    if not all(any(sameness(word.stem, each.stem) for each in own) for word in rest):
        return []
    wanted: dict[str, set[str]] = {}
    for one in spoken:
        values = (
            set(options_of(product)[one.option]) - {one.value} if one.is_refused else {one.value}
        )
        wanted[one.option] = wanted.get(one.option, values) | values
    return [
        variant
        for variant in product.variants
        if all(variant.options.get(option) in values for option, values in wanted.items())
    ]


def telling(text: str) -> str:
    """Returns the text if it says something of a product: not "show me those ones"."""
    words = split_words(text)
    return text if any(_tells(words, i) for i in range(len(words))) else ""


def _tells(words: Sequence[Word], i: int) -> bool:
    if words[i].text in _LETTERS:  # "size M", but not "I'm"
        return i > 0 and words[i - 1].text in ("size", "in")
    return words[i].has_content and words[i].text not in _SAYS_NOTHING


def _described(product: Product) -> str:
    said = [f"{name} {value}" for name, value in product.attributes.items()]
    return ". ".join((product.title, product.brand, product.category, product.description, *said))
