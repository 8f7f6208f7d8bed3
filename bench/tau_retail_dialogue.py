"""A scripted customer has tau2-bench's retail tasks done by the running system, over its HTTP API.

A task passes if the shop's final records of its customer are those of the solution. The customer is
scripted, so the figures are not comparable with the leaderboard's. Metrics: pass_share; without_yes,
the share of changes that no yes of the customer is the key of; foreign, how many records of other
customers were opened, changed or told.

    python -m bench.tau_retail_dialogue --data DIR --tasks FILE [--tells-all] [--in-process]
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from actions.resolve import Meaning
from actions.services import Services
from actions.wording import Wording
from bench.report import Figure, options, progress, report
from bench.running import storekeep
from bench.tau_retail_talk import Audit, Turn, audit, in_process, now, over_http, talk
from bench.tau_retail_tasks import (
    State,
    Task,
    differences,
    expected,
    load_gold,
    load_tasks,
    open_shop,
)
from bench.tau_retail_user import ScriptedUser
from bot.parse import Parser
from channels.api.routes import CHANNEL
from knowledge.encoder import Encoder
from knowledge.policies import PolicyIndex
from shop.adapters.simulated_carriers import SimulatedCarriers
from shop.adapters.tau2 import Tau2Shop, read, write
from shop.delivery_terms import DeliveryTerms
from shop.model import Customer
from storekeep import records
from storekeep.action_server import DOMAIN
from storekeep.artefacts import DIALOGUE_MODEL, ENCODER, POLICIES, UNDERSTANDING
from storekeep.logs import configure
from storekeep.mail import open_mailer
from storekeep.settings import Settings, child_environment

_AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one task ended."""

    task: Task
    turns: Sequence[Turn]
    faults: Sequence[str]
    audit: Audit


@dataclass(frozen=True, slots=True)
class Bench:
    """The shop before, and what each task should leave."""

    data: Path
    found: Tau2Shop
    before: State
    gold: Mapping[str, State]

    def outcome(
        self, user: ScriptedUser, turns: Sequence[Turn], seen: Audit, after: State
    ) -> Outcome:
        """Judges a task by the records of its customer."""
        wanted = expected(self.before, self.gold.get(user.task.id, {}))
        has_changed = _own(self.before, user.customer.id) != _own(after, user.customer.id)
        if has_changed and not seen.writes:
            raise RuntimeError(f"task {user.task.id} changed records that the audit has not seen.")
        own = _own(wanted, user.customer.id), _own(after, user.customer.id)
        return Outcome(user.task, turns, list(differences(*own)), seen)


def main() -> None:
    """Runs the tasks and prints the table."""
    given = _arguments()
    bench = Bench(
        given.data,
        read(given.data / "db.json", now()),
        json.loads((given.data / "db.json").read_text("utf-8")),
        load_gold(given.gold or given.data / "gold_train.json"),
    )
    users = list(_users(given, bench))
    run = _in_process if given.in_process else _over_http
    outcomes = []
    with progress() as bar, (given.transcripts or Path(os.devnull)).open("w") as transcripts:
        task_bar = bar.add_task("Tasks", total=len(users))
        for outcome in run(users, bench):
            outcomes.append(outcome)
            transcripts.write(_transcript(outcome))
            told = f"task {outcome.task.id}: {'; '.join(outcome.faults[:3]) or 'passed'}"
            bar.console.print(told, highlight=False, markup=False, soft_wrap=True)
            bar.advance(task_bar)
    case = "in process" if given.in_process else "storekeep"
    case += ", tells all" if given.tells_all else ""
    report(
        "tau2-bench retail, scripted user, not comparable with the leaderboard",
        list(_figures(case, outcomes)),
        given.json,
    )


def _arguments() -> argparse.Namespace:
    parser = options(__doc__)
    parser.add_argument("--tasks", type=Path, required=True, help="file of tasks")
    parser.add_argument("--gold", type=Path, help="the changed records; DIR/gold_train.json")
    parser.add_argument("--tells-all", action="store_true", help="says all it knows of itself")
    parser.add_argument("--in-process", action="store_true", help="without Rasa and the gateway")
    parser.add_argument("--only", default="", help="ids of tasks, with commas")
    parser.add_argument("--transcripts", type=Path, help="file for what was said")
    return parser.parse_args()


def _figures(case: str, outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    audits = [outcome.audit for outcome in outcomes]
    writes = sum(each.writes for each in audits)
    values = {
        "pass_share": sum(not outcome.faults for outcome in outcomes) / len(outcomes),
        "writes": float(writes),
        "without_yes": sum(each.without_yes for each in audits) / max(writes, 1),
        "foreign": float(sum(each.foreign for each in audits)),
    }
    for name, value in values.items():
        yield Figure(bench="tau_retail_dialogue", case=case, metric=name, value=value)


def _transcript(outcome: Outcome) -> str:
    lines = [f"task {outcome.task.id}", *map(str, outcome.task.writes)]
    for turn in outcome.turns:
        lines += [f"  CUSTOMER: {turn.said}", f"  STOREKEEP: {turn.answer}"]
    return "\n".join([*lines, *(outcome.faults or ["passed"]), ""])


def _users(given: argparse.Namespace, bench: Bench) -> Iterator[ScriptedUser]:
    orders = {order.number: order for order in bench.found.orders}
    only = set(filter(None, given.only.split(",")))
    for task in load_tasks(given.tasks):
        customer = _customer(task, bench.gold.get(task.id, {}), bench.found)
        if customer and (not only or task.id in only):
            yield ScriptedUser(task, customer, orders, bench.found, tells_all=given.tells_all)


def _customer(task: Task, changed: State, found: Tau2Shop) -> Customer | None:
    """Returns who the task's customer is: by its e-mail address, its name, or what it changes."""
    known = task.instructions["known_info"] or ""
    ids = {order["user_id"] for order in changed.get("orders", {}).values()}
    ids |= set(changed.get("users", {}))
    for one in found.customers:
        is_named = f"{one.first_name} {one.last_name}" in known and one.address.postcode in known
        if one.id in ids or one.id in known or one.email in known or is_named:
            return one
    return None


def _own(state: State, customer_id: str) -> dict[str, Any]:
    orders = {k: v for k, v in state["orders"].items() if v["user_id"] == customer_id}
    return {**orders, customer_id: state["users"][customer_id]["address"]}


def _in_process(users: Sequence[ScriptedUser], bench: Bench) -> Iterator[Outcome]:
    """Yields how each task ends in a shop of its own."""
    configure("warning")
    encoder = Encoder.load(ENCODER)
    with asyncio.Runner() as runner, tempfile.TemporaryDirectory() as folder:
        services = Services(
            shop=runner.run(open_shop(bench.found)),
            catalogue=_NoCatalogue(),
            policies=PolicyIndex.open(POLICIES, encoder),
            clock=now,
            wording=Wording.load(DOMAIN),
            understanding=Parser.load(DIALOGUE_MODEL, Encoder.load(UNDERSTANDING)),
            meaning=Meaning(encoder),
            mailer=open_mailer(Settings(home=Path(folder))),
            carriers=SimulatedCarriers(DeliveryTerms(), now),
            secret=b"of this run",
        )
        for user in users:
            shop = runner.run(open_shop(bench.found))
            services = replace(services, shop=shop)
            turns = talk(user, in_process(services, user.task.id, runner))
            seen = runner.run(audit(user, turns, user.task.id, shop, bench.found))
            yield bench.outcome(user, turns, seen, runner.run(write(shop)))


class _NoCatalogue:
    """Finds nothing: no task is done by a search."""

    def search(self, query: str, k: int) -> Sequence[Any]:  # noqa: ARG002
        """Returns nothing."""
        return ()

    def similar(self, product_id: str, k: int) -> Sequence[str]:  # noqa: ARG002
        """Finds nothing."""
        return ()


def _over_http(users: Sequence[ScriptedUser], bench: Bench) -> Iterator[Outcome]:
    """Yields how each task ends in a running system, which tasks of different customers share."""
    for together in _rounds(users):
        with tempfile.TemporaryDirectory() as folder:
            home, out = Path(folder) / "home", Path(folder) / "out.json"
            _command(home, "import", "tau2", str(bench.data / "db.json"), "--policy", "tau2")
            with storekeep(home) as system, ThreadPoolExecutor(_AT_ONCE) as pool:
                talks = pool.map(
                    lambda u: talk(u, over_http(system, f"task-{u.task.id}")), together
                )
                turns = list(talks)
            _command(home, "export", "tau2", str(out))
            after = json.loads(out.read_text("utf-8"))
            audits = asyncio.run(_audits(home, together, turns, bench.found))
        for user, said, seen in zip(together, turns, audits, strict=True):
            yield bench.outcome(user, said, seen, after)


async def _audits(
    home: Path, users: Sequence[ScriptedUser], turns: Sequence[Sequence[Turn]], found: Tau2Shop
) -> list[Audit]:
    async with records.open_shop(Settings(home=home)) as shop:
        return [
            await audit(user, said, f"{CHANNEL}.task-{user.task.id}", shop, found)
            for user, said in zip(users, turns, strict=True)
        ]


def _rounds(users: Sequence[ScriptedUser]) -> Iterator[list[ScriptedUser]]:
    """Yields users that can share a shop: no customer is in one twice."""
    left = list(users)
    while left:
        together: dict[str, ScriptedUser] = {}
        for user in left:
            together.setdefault(user.customer.id, user)
        yield list(together.values())
        left = [user for user in left if user not in together.values()]


def _command(home: Path, *arguments: str) -> None:
    environment = child_environment({"STOREKEEP_HOME": str(home)})
    subprocess.run(  # noqa: S603 - commands of this module
        (sys.executable, "-m", "storekeep", *arguments),
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
