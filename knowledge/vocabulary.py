"""What a shop's words have to do with each other, as data: `data/shop/vocabulary.yml`."""

from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shop.config_file import read_config

_Phrase = Annotated[str, StringConstraints(pattern=r"\w")]
_Group = Annotated[list[_Phrase], Field(min_length=2)]


class Vocabulary(BaseModel):
    """Which words mean the same, and which name accessories."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    synonyms: list[_Group] = []  # words and phrases; each group means one thing
    accessories: list[_Phrase] = []  # what goes with another thing: a laptop bag is no laptop

    @model_validator(mode="after")
    def _one_group_each(self) -> Self:
        seen: set[str] = set()
        for group in self.synonyms:
            for phrase in map(str.casefold, group):
                if phrase in seen:
                    raise ValueError(f"{phrase!r} stands in two groups of synonyms, or twice")
                seen.add(phrase)
        return self


def load_vocabulary(path: Path) -> Vocabulary:
    """Returns the vocabulary of a file.

    Raises:
        ConfigError: the file is missing or wrong; the sentence names each fault's line.
    """
    return read_config(path, Vocabulary)
