"""What every format yields, and how its texts become the fields of a product."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from babel.numbers import get_currency_precision

from shop.feeds.feed_map import FeedMap
from shop.model import Money, Product, Variant

Entry = tuple[int, Product | str]
"""The line where an entry begins, and the product there, or the reason why it is none."""

Reader = Callable[[Path, FeedMap], Iterator[Entry]]

_LARGEST = 2**53  # of an amount or a stock: what JSON and every database keep exactly
_AMOUNT = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+(?=,)|\d+)(?:[.,](?P<fraction>\d+))?",
    re.ASCII,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f]")
_AVAILABLE = {"in stock", "limited availability"}
_UNAVAILABLE = {"out of stock", "preorder", "backorder"}


@dataclass(frozen=True, slots=True)
class BadRow:
    """An entry that is no product."""

    file: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.reason}"


class BadField(ValueError):
    """A field that cannot be taken; `str()` is the reason for whoever owns the file."""


def entry(line: int, make: Callable[[], Product]) -> Entry:
    """Returns the product that `make` makes, or the reason why it could not, with the line."""
    try:
        return line, checked(make())
    except BadField as reason:
        return line, str(reason)


def checked(product: Product) -> Product:
    """Returns the product if it is fit to be sold.

    Raises:
        BadField: something is missing, impossible or not readable.
    """
    for name in ("id", "title"):
        if not getattr(product, name):
            raise BadField(f"{name} is missing")
    if not product.variants:
        raise BadField("has no variant with a price")
    for variant in product.variants:
        if not 0 <= variant.price.minor < _LARGEST:
            raise BadField(f"price {variant.price.minor} is negative or too large")
        if not 0 <= variant.stock < _LARGEST:
            raise BadField(f"stock {variant.stock} is negative or too large")
    (variant_id, times), *_ = Counter(each.id for each in product.variants).most_common(1)
    if times > 1:
        raise BadField(f"{times} variants have the id {variant_id!r}")
    for address in filter(None, (product.image, product.link)):
        if not re.match(r"https?://|/(?!/)", address):
            raise BadField(f"{address[:80]!r} is not a web address")
    return product


def product_of(
    fields: Mapping[str, str], feed_map: FeedMap, attributes: Mapping[str, str]
) -> Product:
    """Returns the product of one row that has at most one price."""
    product_id = text(fields.get("id", ""))
    price = fields.get("price", "").strip()
    if not price:
        raise BadField("price is missing")
    variant = Variant(
        id=product_id,
        options={},
        price=money(price, text(fields.get("currency", "")) or feed_map.currency),
        stock=stock(fields.get("stock", ""), feed_map),
    )
    return Product(
        id=product_id,
        title=text(fields.get("title", "")),
        description=text(fields.get("description", "")),
        brand=text(fields.get("brand", "")),
        category=text(fields.get("category", "")),
        attributes=attributes,
        image=text(fields.get("image", "")) or None,
        link=text(fields.get("link", "")) or None,
        variants=(variant,),
    )


def money(written: str, currency: str) -> Money:
    """Returns the amount in a text such as "1,299.00", "12,5" or "15.00 USD"."""
    number, codes = (
        re.sub(r"\b[A-Z]{3}\b", "", written).strip(),
        re.findall(r"\b[A-Z]{3}\b", written),
    )
    match = _AMOUNT.fullmatch(number)
    code = codes[0] if codes else currency
    if match is None or len(codes) > 1 or not re.fullmatch("[A-Z]{3}", code):
        reason = "is negative" if number.startswith("-") else "is not like 1299.00 or 1299.00 EUR"
        raise BadField(f"price {written[:40]!r} {reason}")
    digits, fraction = get_currency_precision(code), match["fraction"] or ""
    if len(fraction) > digits:
        raise BadField(f"price {written[:40]!r} has more than {digits} decimals")
    return Money(int(re.sub("[.,]", "", match["whole"]) + fraction.ljust(digits, "0")), code)


def stock(written: str, feed_map: FeedMap) -> int:
    """Returns the pieces in stock; words such as "out of stock" are understood."""
    plain = written.strip().lower().replace("_", " ")
    if not plain or plain in _AVAILABLE:
        return feed_map.assumed_stock
    if plain in _UNAVAILABLE:
        return 0
    if not re.fullmatch(r"-?\d+(\.0+)?", plain, re.ASCII):
        raise BadField(f"stock {written[:40]!r} is not a number")
    return max(0, int(plain.partition(".")[0]))


def text(written: str) -> str:
    """Returns a text without markup, invisible characters and repeated blanks."""
    if _SURROGATE.search(written):
        raise BadField("is not written in UTF-8")
    if "<" in written or "&" in written:
        markup = _Markup()
        markup.feed(written)
        markup.close()
        written = "".join(markup.texts)
    return " ".join(_INVISIBLE.sub(" ", written).split())


class _Markup(HTMLParser):
    """Collects what a reader of HTML sees."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._hidden = tag in {"script", "style"}
        self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._hidden = False
        self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)
