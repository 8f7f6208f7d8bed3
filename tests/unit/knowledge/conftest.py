"""Stand-ins that make an index in milliseconds."""

from collections.abc import Callable
from zlib import crc32

import numpy as np
import pytest

from shop.model import Money, Product, Variant


class LetterEncoder:
    """Puts texts near each other that share words; remembers what it was asked."""

    model = "letters"
    dim = 4096  # so wide that no two words meet

    def __init__(self, fingerprint: str = "letters-1") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []

    def encode(self, texts):
        """Returns vectors of counted words."""
        self.encoded += texts
        vectors = np.full((len(texts), self.dim), 1e-6, dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                vectors[row, crc32(word.strip("?.,").encode()) % self.dim] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def encoder():
    return LetterEncoder()


@pytest.fixture
def another_encoder():
    return LetterEncoder("letters-2")


@pytest.fixture
def product() -> Callable[..., Product]:
    """Makes a product by id and title, with one variant unless told otherwise."""

    def make(product_id: str, title: str, **fields) -> Product:
        variant = Variant(id=product_id, options={}, price=Money(100, "EUR"), stock=1)
        return Product(id=product_id, title=title, **{"variants": (variant,), **fields})

    return make
