"""The page about the policy tells of every key, and of none that there is not."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from shop.policy import Policy

PAGE = (Path(__file__).parents[3] / "docs/policy.md").read_text("utf-8")
EVERY_ACTION = {"level", "statuses", "not_after", "approval_above_minor"}


def sections() -> dict[str, str]:
    """Returns each section's text by its heading."""
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)[1:]
    return {heading.strip("`"): text for heading, text in zip(parts[::2], parts[1::2], strict=True)}


def keys(text: str) -> set[str]:
    """Returns the keys that the tables of a text explain."""
    firsts = re.findall(r"^\| (`[^|]+`) \|", text, re.MULTILINE)
    return {key for first in firsts for key in re.findall(r"`(\w+)`", first)}


def models(kind: object) -> Iterator[type[BaseModel]]:
    """Yields a model within an annotation."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for part in get_args(kind):
        yield from models(part)


def expected(kind: object) -> set[str]:
    """Returns the keys of a model and of those within it."""
    found = set()
    for model in models(kind):
        for name, field in model.model_fields.items():
            found |= {name} | expected(field.annotation)
    return found


def test_every_key_is_explained():
    """Each section of the policy has one on the page, with all its keys."""
    page = sections()
    assert keys(page["The actions"]) == EVERY_ACTION
    for name, field in Policy.model_fields.items():
        wanted = expected(field.annotation)
        known = keys(page[name]) | (EVERY_ACTION & wanted)
        if name == "exchange_items":
            known |= keys(page["return_items"]) - {"reasons"}
        assert known == wanted, name
