"""What the catalogue's index keeps of the products, by row, beside their words and vectors."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.product import codes, passage, possible_codes
from knowledge.purpose import asked_for, called, made_for
from knowledge.vocabulary import Vocabulary
from knowledge.words import Words
from shop.model import Product

_FILE = "entries.json"
_KIND = 0.2  # of a score: gained by what is of the kind that is asked for, lost by what is for it

Rows = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Entries:
    """The products of one index. Two that are equal find the same."""

    maker: str  # equal for indexes that can be compared and searched alike
    vocabulary: dict[str, Any]
    ids: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)  # of the texts
    codes: Rows = field(default_factory=dict)
    called: Rows = field(default_factory=dict)
    made_for: Rows = field(default_factory=dict)
    names: list[str] = field(default_factory=list)  # the words for the thing itself

    @classmethod
    def describe(
        cls, products: Iterable[Product], vocabulary: Vocabulary, maker: str
    ) -> tuple["Entries", list[str]]:
        """Returns the entries of the products, and their texts in the same order."""
        entries = cls(maker, vocabulary.model_dump())
        words, accessories, texts = entries.words(), entries.accessories(), []
        for row, product in enumerate(sorted(products, key=attrgetter("id"))):
            texts.append(passage(product))
            entries.ids.append(product.id)
            entries.digests.append(hashlib.sha256(texts[-1].encode()).hexdigest())
            _note(entries.codes, set(codes(product)), row)
            kind, purpose = called(product, words), made_for(product, words, accessories)
            _note(entries.called, kind, row)
            _note(entries.made_for, purpose, row)
            name = {*kind, *words.of_text(product.title)} - purpose
            entries.names.append(" ".join(sorted(name)))
        return entries, texts

    @classmethod
    def load(cls, folder: Path) -> "Entries":
        """Returns what was saved."""
        return cls(**json.loads((folder / _FILE).read_text(encoding="utf-8")))

    def save(self, folder: Path) -> None:
        """Writes the entries into the folder."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        (folder / _FILE).write_text(json.dumps(kept), encoding="utf-8")

    def words(self) -> Words:
        """Returns how texts and queries become words."""
        return Words(self.vocabulary["synonyms"])

    def accessories(self) -> frozenset[str]:
        """Returns the words that name an accessory."""
        return frozenset(self.words().in_order(" ".join(self.vocabulary["accessories"])))

    def named_in(self, query: str) -> dict[int, None]:
        """Returns the rows of the products that a code in the query names."""
        return {row: None for code in possible_codes(query) for row in self.codes.get(code, ())}

    def favour(self, query: str, words: Words, accessories: frozenset[str]) -> NDArray[np.float32]:
        """Returns by row how much more, or less, a product is of the kind that a query asks for."""
        factors = np.ones(len(self.ids), dtype=np.float32)
        asked = asked_for(query, words, accessories)
        for word in asked:
            factors[self.called.get(word, [])] = 1 + _KIND
        for word in asked:
            factors[self.made_for.get(word, [])] = 1 - _KIND
        return factors


def _note(rows: Rows, words: Iterable[str], row: int) -> None:
    for word in sorted(words):
        rows.setdefault(word, []).append(row)
