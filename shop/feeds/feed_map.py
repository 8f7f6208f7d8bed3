"""What the shop's owner says about a feed: `--map map.yml`."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt

from shop.config_file import read_config

ProductField = Literal[
    "id",
    "title",
    "price",
    "currency",
    "stock",
    "description",
    "brand",
    "category",
    "image",
    "link",
]


class FeedMap(BaseModel):
    """What a feed does not say by itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    columns: dict[ProductField, str] = Field(
        default={},
        description="The column of the file that holds a field, where it is called otherwise.",
    )
    currency: str = Field(
        default="EUR",
        pattern=r"^[A-Z]{3}$",
        description="ISO 4217 code for prices that stand without one.",
    )
    assumed_stock: NonNegativeInt = Field(
        default=100, description="Pieces in stock where the file does not give a number."
    )

    def column(self, field: ProductField) -> str:
        """Returns what a field is called in the file."""
        return self.columns.get(field, field)


def load_map(path: Path) -> FeedMap:
    """Returns the map of a file.

    Raises:
        ConfigError: the file is missing or wrong; the sentence names each fault's line.
    """
    return read_config(path, FeedMap)
