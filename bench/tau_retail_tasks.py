"""The tasks of tau2-bench's retail domain: what each should change, and what the shop then looks like.

Files: `db.json` (the shop), a file of tasks, and a file with the records that each task should leave
changed (`[{"task_id", "changed": {"orders": {id: record}, "users": {…}}}]`).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shop.adapters.memory import MemoryShop
from shop.adapters.tau2 import Tau2Shop
from shop.adapters.tau2.document import WrittenAddress
from shop.commands import (
    CancelOrder,
    ChangeDefaultAddress,
    ChangeItems,
    ChangePaymentMethod,
    ChangeShippingAddress,
    Command,
    ExchangeItems,
    Pieces,
    ReturnItems,
    Swap,
)
from shop.model import Order
from shop.policy import load_policy
from storekeep.records import POLICIES
from storekeep.tau2 import keep

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Write:
    """One change that the task's solution makes, by the name and the arguments of its tool."""

    tool: str
    arguments: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """One customer with one wish or several."""

    id: str
    instructions: Mapping[str, str | None]
    writes: tuple[Write, ...]


def load_tasks(path: Path) -> list[Task]:
    """Returns the tasks of a file."""
    return [
        Task(
            id=task["id"],
            instructions=task["user_scenario"]["instructions"],
            writes=tuple(
                Write(action["name"], action["arguments"])
                for action in task["evaluation_criteria"]["actions"] or ()
                if action["name"] in _COMMANDS
            ),
        )
        for task in json.loads(path.read_text("utf-8"))
    ]


def load_gold(path: Path) -> dict[str, State]:
    """Returns which records each task should leave changed, by task."""
    return {task["task_id"]: task["changed"] for task in json.loads(path.read_text("utf-8"))}


def expected(before: State, changed: State) -> State:
    """Returns the state of the shop with the changed records in it."""
    return {kind: records | changed.get(kind, {}) for kind, records in before.items()}


def differences(wanted: Any, found: Any, where: str = "") -> Iterator[str]:  # noqa: ANN401
    """Yields each field in which two states differ; amounts count to the cent."""
    match wanted, found:
        case dict(), dict():
            for name in sorted(wanted.keys() | found.keys()):
                yield from differences(wanted.get(name), found.get(name), f"{where}/{name}")
        case list(), list() if len(wanted) == len(found):
            for position, (one, other) in enumerate(zip(wanted, found, strict=True)):
                yield from differences(one, other, f"{where}/{position}")
        case float(), float() | int() if round(wanted - found, 2) == 0:
            return
        case _ if wanted != found:
            yield f"{where}: {wanted!r} expected, {found!r} found"


async def open_shop(found: Tau2Shop) -> MemoryShop:
    """Returns a shop of its own with the records, under the domain's policy."""
    shop = MemoryShop(load_policy(POLICIES["tau2"]))
    await keep(found, shop)
    return shop


def command(write: Write, orders: Mapping[str, Order]) -> Command:
    """Returns the command that makes a change; of two equal items each is one line."""
    return _COMMANDS[write.tool](write.arguments, orders)


def _cancel(given: Mapping[str, Any], _: Mapping[str, Order]) -> Command:
    return CancelOrder(given["order_id"], given["reason"].replace(" ", "-"))


def _address(given: Mapping[str, Any], _: Mapping[str, Order]) -> Command:
    return ChangeShippingAddress(given["order_id"], _written(given).address())


def _payment(given: Mapping[str, Any], _: Mapping[str, Order]) -> Command:
    return ChangePaymentMethod(given["order_id"], given["payment_method_id"])


def _items(given: Mapping[str, Any], orders: Mapping[str, Order]) -> Command:
    order = orders[given["order_id"]]
    return ChangeItems(order.number, _swaps(given, order), given["payment_method_id"])


def _exchange(given: Mapping[str, Any], orders: Mapping[str, Order]) -> Command:
    order = orders[given["order_id"]]
    return ExchangeItems(order.number, _swaps(given, order), given["payment_method_id"])


def _return(given: Mapping[str, Any], orders: Mapping[str, Order]) -> Command:
    order = orders[given["order_id"]]
    pieces = tuple(Pieces(line) for line in _lines(given["item_ids"], order))
    return ReturnItems(order.number, pieces, given["payment_method_id"])


def _move(given: Mapping[str, Any], _: Mapping[str, Order]) -> Command:
    return ChangeDefaultAddress(_written(given).address())


_COMMANDS = {
    "cancel_pending_order": _cancel,
    "modify_pending_order_address": _address,
    "modify_pending_order_payment": _payment,
    "modify_pending_order_items": _items,
    "exchange_delivered_order_items": _exchange,
    "return_delivered_order_items": _return,
    "modify_user_address": _move,
}


def _swaps(given: Mapping[str, Any], order: Order) -> tuple[Swap, ...]:
    lines = _lines(given["item_ids"], order)
    return tuple(map(Swap, lines, given["new_item_ids"]))


def _lines(items: Sequence[str], order: Order) -> list[str]:
    """Returns a line for each item, none twice."""
    left = list(order.lines)
    found = []
    for item in items:
        line = next(line for line in left if line.variant_id == item)
        left.remove(line)
        found.append(line.id)
    return found


def _written(given: Mapping[str, Any]) -> WrittenAddress:
    return WrittenAddress(**{name: given[name] for name in WrittenAddress.model_fields})
