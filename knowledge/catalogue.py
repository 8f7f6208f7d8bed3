"""The search index of the shop's catalogue: built whole, switched at once, reloaded by readers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from knowledge.encoder import Encoder
from knowledge.entries import Entries
from knowledge.errors import IndexMismatch, IndexMissing
from knowledge.fit import fits, share_named
from knowledge.hybrid import Hybrid
from knowledge.versions import current_version, new_version, readable
from knowledge.vocabulary import Vocabulary
from knowledge.words import Words
from shop.model import Product

_PLAIN = Vocabulary()
_FORM = 3  # raise it whenever texts, words or files are made otherwise
_SLICE = 512  # texts encoded between two reports of progress


@dataclass(frozen=True, slots=True)
class Hit:
    """A product that was found."""

    product_id: str
    score: float  # in [0, 1]; 1 has an exact code, or all the words and the very meaning
    named: float  # the share of the query, by weight, that stands in the product's name

    @property
    def fits(self) -> bool:
        """Whether it is what was asked for, and not only what comes nearest."""
        return fits(self.score, self.named)


class CatalogueIndex:
    """Finds products by what a customer writes. Safe to use from several threads."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._folder = folder
        self._encoder = encoder
        self._reloading = Lock()
        self._serving = _Version.load(current_version(folder), encoder)

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> "CatalogueIndex":
        """Opens the index that serves; it is reloaded when another one does.

        Raises:
            IndexMissing: there is none, or it cannot be read.
            IndexMismatch: it was built with another encoder.
        """
        return cls(folder, encoder)

    def __len__(self) -> int:
        return len(self._latest().entries.ids)

    def search(self, query: str, k: int) -> list[Hit]:
        """Returns at most k products, best first: those that a code in the query names lead.

        Raises:
            IndexMissing: the index has gone, or the one that serves now cannot be read.
            IndexMismatch: the index that serves now was built with another encoder.
        """
        serving = self._latest()
        named = serving.entries.named_in(query)
        (vector,) = self._encoder.encode([query])
        found = [Hit(serving.entries.ids[row], 1.0, named=1.0) for row in named]
        found += [hit for row, hit in serving.rank(query, vector, k) if row not in named]
        return found[:k]

    def similar(self, product_id: str, k: int) -> list[str]:
        """Returns the ids of at most k other products, those nearest in meaning first.

        Raises:
            IndexMissing: the index has gone, or the one that serves now cannot be read.
            IndexMismatch: the index that serves now was built with another encoder.
        """
        serving = self._latest()
        ids = serving.entries.ids
        if product_id not in ids:
            return []
        near = serving.hybrid.nearest(ids.index(product_id), k + 1)
        return [ids[row] for row in near if ids[row] != product_id][:k]

    def _latest(self) -> "_Version":
        folder = current_version(self._folder)
        with self._reloading:
            if folder != self._serving.folder:
                self._serving = _Version.load(folder, self._encoder)
            return self._serving


@contextmanager
def new_catalogue_index(
    folder: Path,
    products: Iterable[Product],
    encoder: Encoder,
    on_progress: Callable[[int], None] = lambda _: None,
    *,
    vocabulary: Vocabulary = _PLAIN,
) -> Iterator[None]:
    """Builds the index of the whole catalogue; it serves once the block ends without an error.

    Texts that the index before it knew are not encoded again; where nothing differs, it stays.

    Args:
        folder: where `CatalogueIndex.open` looks.
        products: all that can be found.
        encoder: the one that will search.
        on_progress: called with the number of products done since the last call.
        vocabulary: what the shop's customers call things.
    """
    entries, texts = Entries.describe(products, vocabulary, _maker(encoder))
    before = _before(folder, encoder)
    if before and before.entries == entries:
        on_progress(len(texts))
        yield
        return
    known = before.vectors() if before else {}
    on_progress(sum(digest in known for digest in entries.digests))
    words = [*map(entries.words().of_text, texts)]
    with new_version(folder) as draft:
        vectors = _vectors(texts, entries.digests, known, encoder, on_progress)
        Hybrid.build(words, vectors).save(draft)
        entries.save(draft)
        yield


def build_catalogue_index(
    folder: Path,
    products: Iterable[Product],
    encoder: Encoder,
    on_progress: Callable[[int], None] = lambda _: None,
    *,
    vocabulary: Vocabulary = _PLAIN,
) -> None:
    """Builds the index of the whole catalogue and lets it serve, as `new_catalogue_index` says."""
    with new_catalogue_index(folder, products, encoder, on_progress, vocabulary=vocabulary):
        pass


@dataclass(frozen=True, slots=True)
class _Version:
    """One index in memory."""

    folder: Path
    entries: Entries
    hybrid: Hybrid
    words: Words
    accessories: frozenset[str]

    @classmethod
    def load(cls, folder: Path, encoder: Encoder) -> "_Version":
        with readable(folder.parent):
            entries, hybrid = Entries.load(folder), Hybrid.load(folder)
        if entries.maker != _maker(encoder):
            raise IndexMismatch(
                f"The index in {folder.parent} was built with another encoder or version: "
                "make it anew with `storekeep build`, then start again."
            )
        return cls(folder, entries, hybrid, entries.words(), entries.accessories())

    def rank(self, query: str, vector: NDArray[np.float32], k: int) -> list[tuple[int, Hit]]:
        """Returns at most k rows with what was found there, best first."""
        favour = self.entries.favour(query, self.words, self.accessories)
        words = self.words.of_query(query)
        weights = self.hybrid.weights(words)
        ids, names = self.entries.ids, self.entries.names
        return [
            (row, Hit(ids[row], score, share_named(words, weights, names[row])))
            for row, score in self.hybrid.rank(words, vector, k, favour)
        ]

    def vectors(self) -> dict[str, NDArray[np.float32]]:
        """Returns the vectors by their texts' digests."""
        return dict(zip(self.entries.digests, self.hybrid.vectors(), strict=True))


def _maker(encoder: Encoder) -> str:
    return f"{_FORM}-{encoder.fingerprint}"


def _before(folder: Path, encoder: Encoder) -> _Version | None:
    """Returns the index that serves, if its vectors can be used again."""
    try:
        return _Version.load(current_version(folder), encoder)
    except (IndexMissing, IndexMismatch):
        return None


def _vectors(
    texts: Sequence[str],
    digests: Sequence[str],
    known: dict[str, NDArray[np.float32]],
    encoder: Encoder,
    on_progress: Callable[[int], None],
) -> NDArray[np.float32]:
    vectors = np.empty((len(texts), encoder.dim), dtype=np.float32)
    new = []
    for row, digest in enumerate(digests):
        if digest in known:
            vectors[row] = known[digest]
        else:
            new.append(row)
    new.sort(key=lambda row: len(texts[row]))  # like lengths together: less padding
    for start in range(0, len(new), _SLICE):
        rows = new[start : start + _SLICE]
        vectors[rows] = encoder.encode([texts[row] for row in rows])
        on_progress(len(rows))
    return vectors
