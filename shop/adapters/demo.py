"""Fills a shop with the demo shop's files: one JSON object a line, as `shop.model` describes it.

Times are ISO 8601 durations from now ("-P3DT4H"), so that the demo is always fresh.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from shop.errors import ConfigError
from shop.model import Customer, Order, Product
from shop.ports import Clock, Shop

T = TypeVar("T")

_DURATION = TypeAdapter(timedelta)


async def load_demo(shop: Shop, folder: Path, clock: Clock) -> None:
    """Keeps the products, customers and orders of a folder, all of them or none.

    Raises:
        ConfigError: names the file and line that is wrong.
    """
    now = clock()
    products = list(_read(folder / "products.jsonl", TypeAdapter(Product), now))
    customers = list(_read(folder / "customers.jsonl", TypeAdapter(Customer), now))
    orders = list(_read(folder / "orders.jsonl", TypeAdapter(Order), now))
    async with shop.records() as records:
        await records.catalogue.save(products)
        await records.customers.save(customers)
        await records.orders.save(orders)


def _read(path: Path, kind: TypeAdapter[T], now: datetime) -> Iterator[T]:
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as err:
        raise ConfigError(f"{path}: cannot be read: {err}") from err
    for line, written in enumerate(lines, start=1):
        try:
            yield kind.validate_python(_absolute(json.loads(written), now))
        except ValidationError as err:
            fault = err.errors()[0]
            reason = ": ".join(filter(None, (".".join(map(str, fault["loc"])), fault["msg"])))
            raise ConfigError(f"{path}:{line}: {reason}") from err
        except ValueError as err:
            raise ConfigError(f"{path}:{line}: {err}") from err


def _absolute(value: Any, now: datetime) -> Any:  # noqa: ANN401
    """Returns the value with its durations as times."""
    match value:
        case dict():
            return {name: _time(name, _absolute(part, now), now) for name, part in value.items()}
        case list():
            return [_absolute(part, now) for part in value]
        case _:
            return value


def _time(name: str, value: Any, now: datetime) -> Any:  # noqa: ANN401
    is_time = isinstance(value, str) and (name == "at" or name.endswith("_at"))
    return now + _DURATION.validate_python(value) if is_time else value
