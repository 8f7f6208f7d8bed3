"""The page about deliveries tells of every key of the file, and of none that there is not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from shop.action_rules import Bounds
from shop.delivery_terms import DeliveryTerms

PAGE = (Path(__file__).parents[3] / "docs/deliveries.md").read_text("utf-8")
IN_THE_TEXT = {"after_minutes", "amount_minor", "at_least", "at_most", "day", "rates"}


def models(kind: object) -> Iterator[type[BaseModel]]:
    """Yields a model and those within it."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for part in get_args(kind):
        yield from models(part)


def test_every_key_is_explained():
    """Each stands in a table, or heads a section, or is told of in the text."""
    keys = {name for model in models(DeliveryTerms) for name in model.model_fields}
    rows = re.findall(r"^\| (`[^|]+`) \|", PAGE, re.MULTILINE)
    told = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    headed = set(re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE))
    assert told | headed | IN_THE_TEXT == keys
    assert all(f"`{key}`" in PAGE for key in IN_THE_TEXT)
    assert Bounds.model_fields.keys() <= IN_THE_TEXT
