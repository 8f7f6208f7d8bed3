"""A small shop of its own, and an encoder that knows a few words."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product as combinations
from zlib import crc32

import numpy as np
import pytest

from actions.resolve import Meaning
from shop.model import Address, Money, Order, OrderLine, OrderStatus, Product, Variant

NOW = datetime(2024, 5, 22, 12, tzinfo=UTC)
HAMBURG = Address(line1="Deichstraße 9", city="Hamburg", postcode="20459", country="DE")


class WordEncoder:
    """Puts texts near each other that hold a word of one concept; counts what it encodes."""

    concepts = (
        {"sofa", "couch"},
        {"rug", "carpet"},
        {"gloomy", "dark"},
        {"accident", "accidentally", "mistake"},
    )

    def __init__(self):
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]):
        """Returns vectors of counted words."""
        self.encoded += texts
        vectors = np.full((len(texts), len(self.concepts) + 4096), 1e-3, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                known = [i for i, concept in enumerate(self.concepts) if word in concept]
                place = known[0] if known else len(self.concepts) + crc32(word.encode()) % 4096
                vectors[row, place] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def encoder():
    return WordEncoder()


@pytest.fixture
def meaning(encoder):
    return Meaning(encoder)


class Shop:
    """Makes records with no more said than a test is about."""

    now = NOW
    hamburg = HAMBURG

    def order(
        self,
        number: str,
        *titles: str | tuple[str, Mapping[str, str]],
        status: OrderStatus = OrderStatus.DELIVERED,
        days_ago: int = 10,
        address: Address = HAMBURG,
        prices: Sequence[int] = (),
    ) -> Order:
        """Makes an order of titles, or of titles with options."""
        lines = []
        for i, said in enumerate(titles):
            title, options = said if isinstance(said, tuple) else (said, {})
            key = "-".join([title, *options.values()]).lower().replace(" ", "-")
            price = Money(prices[i] if prices else 1000, "EUR")
            lines.append(
                OrderLine(
                    id=f"{number}-{i + 1}",
                    product_id=title,
                    variant_id=key,
                    title=title,
                    options=options,
                    quantity=1,
                    price=price,
                )
            )
        return Order(
            number=number,
            customer_id="c-1",
            placed_at=NOW - timedelta(days=days_ago),
            status=status,
            address=address,
            lines=tuple(lines),
        )

    def product(
        self, title: str, without: Sequence[Sequence[str]] = (), **options: Sequence[str]
    ) -> Product:
        """Makes a product in all combinations of its options but those that are sold out.

        Each is a euro dearer than the one before.
        """
        names = [name.replace("_", " ") for name in options]
        variants = [
            Variant(
                id="-".join(values),
                options=dict(zip(names, values, strict=True)),
                price=Money(1000 + 100 * i, "EUR"),
                stock=0 if list(values) in [list(gone) for gone in without] else 5,
            )
            for i, values in enumerate(combinations(*options.values()))
        ]
        return Product(id=title, title=title, variants=tuple(variants))

    def line_of(self, product: Product, *values: str) -> OrderLine:
        """Makes a line of the variant with these values."""
        variant = next(one for one in product.variants if one.id == "-".join(values))
        return OrderLine(
            id="l-1",
            product_id=product.id,
            variant_id=variant.id,
            title=product.title,
            options=variant.options,
            quantity=1,
            price=variant.price,
        )


@pytest.fixture
def shop():
    return Shop()
