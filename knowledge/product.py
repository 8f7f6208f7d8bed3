"""What of a product is searched: its text, and the codes that name it exactly."""

import re
from collections.abc import Iterator

from knowledge.words import is_measure
from shop.model import Product

# Attributes whose value names one product. Compared in lower case, without punctuation.
_CODES = frozenset(
    {"ean", "gtin", "upc", "isbn", "mpn", "sku", "partnumber", "modelnumber", "oemcode"}
)
_SHORTEST_CODE = 4
_LONGEST_CODE_WORDS = 3  # "tn 21 10"


def passage(product: Product) -> str:
    """Returns the text that is searched.

    What title, brand and description repeat stays repeated: it tells what a product is at heart.
    """
    options = {value: None for variant in product.variants for value in variant.options.values()}
    parts = (product.title, product.brand, product.category, product.description, *options)
    return " ".join(part for part in parts if part)


def codes(product: Product) -> Iterator[str]:
    """Yields what names the product exactly: ids, EAN, part number."""
    yield code(product.id)
    for variant in product.variants:
        yield code(variant.id)
    for name, value in product.attributes.items():
        if code(name) in _CODES:
            yield from map(code, value.split(","))


def possible_codes(query: str) -> Iterator[str]:
    """Yields what in a query may be a code, the longest first: runs of words with a digit."""
    words = query.split()
    for length in range(min(len(words), _LONGEST_CODE_WORDS), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            candidate = code("".join(run))
            named = len(candidate) >= _SHORTEST_CODE and any(c.isdigit() for c in candidate)
            if named and not is_measure(" ".join(run)):  # "500GB" is some part's number, too
                yield candidate


def code(text: str) -> str:
    """Returns a code as it is compared: letters and digits, in lower case."""
    return re.sub(r"[\W_]+", "", text).casefold()
