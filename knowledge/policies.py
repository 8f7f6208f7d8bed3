"""The index of the shop's policies: answers to questions, one for each `##` section of a page."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge.encoder import Encoder
from knowledge.errors import IndexMismatch
from knowledge.hybrid import Hybrid
from knowledge.versions import current_version, new_version, readable
from knowledge.words import Words

_PASSAGES_FILE = "passages.json"
_WORDS = Words()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of a policy page."""

    title: str
    text: str
    source: str  # name of the file: "returns.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A section that was found."""

    title: str
    text: str
    source: str
    score: float  # in [0, 1]


class PolicyIndex:
    """Finds the sections that answer a question. Safe to use from several threads."""

    def __init__(self, sections: list[Section], hybrid: Hybrid, encoder: Encoder) -> None:
        self._sections = sections
        self._hybrid = hybrid
        self._encoder = encoder

    @classmethod
    def open(cls, folder: Path, encoder: Encoder) -> "PolicyIndex":
        """Opens what `build_policy_index` made.

        Raises:
            IndexMissing: there is none, or it cannot be read.
            IndexMismatch: it was built with another encoder.
        """
        version = current_version(folder)
        with readable(folder):
            kept = json.loads((version / _PASSAGES_FILE).read_text(encoding="utf-8"))
            sections = [Section(**section) for section in kept["sections"]]
            hybrid = Hybrid.load(version)
        if kept["encoder"] != encoder.fingerprint:
            raise IndexMismatch(
                f"The index in {folder} was built with another encoder: "
                "make it anew with `storekeep build`, then start again."
            )
        return cls(sections, hybrid, encoder)

    def best(self, question: str, k: int = 3) -> list[Passage]:
        """Returns at most k sections, best first."""
        (vector,) = self._encoder.encode([question])
        return [
            Passage(**asdict(self._sections[row]), score=score)
            for row, score in self._hybrid.rank(_WORDS.of_query(question), vector, k)
        ]


def build_policy_index(folder: Path, pages: Path, encoder: Encoder) -> None:
    """Replaces the index by one over all `*.md` in the folder of pages."""
    sections = [section for page in sorted(pages.glob("*.md")) for section in _sections(page)]
    texts = [f"{section.title}\n{section.text}" for section in sections]
    kept = {"encoder": encoder.fingerprint, "sections": [asdict(each) for each in sections]}
    with new_version(folder) as draft:
        Hybrid.build([*map(_WORDS.of_text, texts)], encoder.encode(texts)).save(draft)
        (draft / _PASSAGES_FILE).write_text(json.dumps(kept), encoding="utf-8")


def _sections(page: Path) -> Iterator[Section]:
    """Yields the sections that have a text; what stands before the first is for readers."""
    _, *parts = re.split(r"^## +", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for part in parts:
        title, _, text = part.partition("\n")
        if text.strip():
            yield Section(title=title.strip(), text=text.strip(), source=page.name)
