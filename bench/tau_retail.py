"""Self-service on tau2-bench's retail domain: a shop's records, its policy, and what customers want done.

Part A carries out each task's writes by `shop.service`, on a shop of its own, and compares the whole
state afterwards, field by field. Part B counts the rules of the domain's policy that a test shows to
be kept. Metric: pass_share.

    python -m bench.tau_retail --data DIR --tasks FILE --parts A,B
"""

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.report import Figure, console, options, progress, report
from bench.tau_retail_tasks import (
    State,
    Task,
    command,
    differences,
    expected,
    load_gold,
    load_tasks,
    open_shop,
)
from shop.adapters.tau2 import Tau2Shop, read, write
from shop.commands import OrderCommand
from shop.errors import CustomerError
from shop.identity import claim_customer
from shop.ports import Shop
from shop.service import perform, preview

RULES = Path(__file__).parents[1] / "tests" / "unit" / "shop" / "test_tau2_policy.py"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def main() -> None:
    """Measures the parts asked for and prints the table."""
    parser = options(__doc__)
    parser.add_argument("--tasks", type=Path, required=True, help="file of tasks")
    parser.add_argument("--gold", type=Path, help="the changed records; DIR/gold_train.json")
    parser.add_argument("--parts", default="A,B", help="which parts, with commas")
    given = parser.parse_args()
    parts = given.parts.split(",")
    if unknown := set(parts) - {"A", "B"}:
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    figures = []
    if "A" in parts:
        gold = load_gold(given.gold or given.data / "gold_train.json")
        figures.append(_figure("A: writes", asyncio.run(_replay(given.data, given.tasks, gold))))
    if "B" in parts:
        figures.append(_figure("B: rules", _rules()))
    report("tau2-bench retail", figures, given.json)


def _figure(case: str, passed: Sequence[bool]) -> Figure:
    share = sum(passed) / len(passed)
    return Figure(bench="tau_retail", case=case, metric="pass_share", value=share)


async def _replay(data: Path, tasks: Path, gold: dict[str, State]) -> list[bool]:
    """Returns for each task that has a gold state whether its writes lead there."""
    before = json.loads((data / "db.json").read_text("utf-8"))
    found = read(data / "db.json", NOW)
    judged = [task for task in load_tasks(tasks) if task.id in gold]
    passed = []
    with progress() as bar:
        for task in bar.track(judged, description="A: writes"):
            faults = list(
                differences(expected(before, gold[task.id]), await _state_after(task, found))
            )
            passed.append(not faults)
            for fault in faults:
                bar.console.print(f"task {task.id}: {fault}", highlight=False)
    return passed


async def _state_after(task: Task, found: Tau2Shop) -> State:
    shop = await open_shop(found)
    for step in range(len(task.writes)):
        await _write(task, step, found, shop)
    return await write(shop)


async def _write(task: Task, step: int, found: Tau2Shop, shop: Shop) -> None:
    """Makes one change as a customer would who shows an e-mail address; a refusal changes nothing."""
    async with shop.snapshot() as records:
        orders = {order.number: order async for order in records.orders.all()}
    wanted = command(task.writes[step], orders)
    if isinstance(wanted, OrderCommand):
        owner = orders[wanted.order].customer_id
    else:
        owner = task.writes[step].arguments["user_id"]
    email = next(customer.email for customer in found.customers if customer.id == owner)
    await claim_customer(email=email, conversation=task.id, shop=shop, clock=lambda: NOW)
    try:
        plan = await preview(wanted, conversation=task.id, shop=shop, clock=lambda: NOW)
        await perform(
            wanted,
            conversation=task.id,
            key=str(step),
            expected=plan.digest,
            shop=shop,
            clock=lambda: NOW,
        )
    except CustomerError as refusal:
        console.print(f"task {task.id}: {task.writes[step].tool}: {refusal.code}", highlight=False)


class _Outcomes:
    """Gathers which rules hold, a rule being the first line of a test's docstring."""

    def __init__(self) -> None:
        self.holds: dict[str, bool] = {}
        self._rules: dict[str, str] = {}

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        doc = getattr(getattr(item, "obj", None), "__doc__", None) or item.name
        self._rules[item.nodeid] = doc.splitlines()[0]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        rule = self._rules[report.nodeid]
        self.holds[rule] = self.holds.get(rule, True) and not report.failed


def _rules() -> list[bool]:
    """Returns for each rule of the policy whether all its tests hold."""
    outcomes = _Outcomes()
    quiet = ("-o", "addopts=", "--import-mode=importlib", "-p", "no:terminal")
    pytest.main([str(RULES), *quiet, "-p", "no:cacheprovider"], plugins=[outcomes])
    for rule, holds in outcomes.holds.items():
        mark = "[green]kept  " if holds else "[red]broken"
        console.print(f"{mark}[/] {rule}", highlight=False, soft_wrap=True)
    return list(outcomes.holds.values())


if __name__ == "__main__":
    main()
