"""The shop's rules as data. What a shop may want otherwise stands in `data/shop/policy.yml`."""

from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, model_validator

from shop.config_file import read_config


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OrderNumbers(_Section):
    """How the shop writes an order number: a prefix, then digits."""

    prefix: str = Field(default="SK-", max_length=12)
    min_digits: PositiveInt = 4
    max_digits: PositiveInt = 8

    @model_validator(mode="after")
    def _some_number_fits(self) -> Self:
        if self.min_digits > self.max_digits:
            raise ValueError("min_digits is more than max_digits")
        return self


class Claims(_Section):
    """How an order number with an e-mail address or a postcode opens an order."""

    valid_minutes: PositiveInt = 30
    window_minutes: PositiveInt = 60  # in which failed tries count
    tries_per_conversation: PositiveInt = 5
    tries_per_order: PositiveInt = 8
    tries_overall: PositiveInt = 300

    @property
    def validity(self) -> timedelta:
        """How long a claim holds."""
        return timedelta(minutes=self.valid_minutes)

    @property
    def window(self) -> timedelta:
        """How long a failed try counts."""
        return timedelta(minutes=self.window_minutes)


class Policy(_Section):
    """All the rules. What a file leaves out is as in the demo shop."""

    order_numbers: OrderNumbers = OrderNumbers()
    claims: Claims = Claims()


def load_policy(path: Path) -> Policy:
    """Returns the rules of a policy file.

    Raises:
        ConfigError: the file is missing or wrong; the sentence names each fault's line.
    """
    return read_config(path, Policy)
