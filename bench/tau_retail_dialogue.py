"""A scripted customer has tau2-bench's retail tasks done by the running system, over its HTTP API.

A task passes if the shop's final records of its customer are those of the solution. The customer is
scripted, so the figures are not comparable with the leaderboard's. Metrics: pass_share, and
without_yes, the share of changes that the customer did not agree to.

    python -m bench.tau_retail_dialogue --data DIR --tasks FILE [--tells-all]
"""

import json
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.report import Figure, options, progress, report
from bench.running import System, storekeep
from bench.tau_retail_tasks import State, Task, differences, expected, load_gold, load_tasks
from bench.tau_retail_user import ScriptedUser
from shop.adapters.tau2 import Tau2Shop, read
from shop.model import Customer
from storekeep.settings import child_environment

_TURNS = 30
_AT_ONCE = 6


def main() -> None:
    """Runs the tasks and prints the table."""
    parser = options(__doc__)
    parser.add_argument("--tasks", type=Path, required=True, help="file of tasks")
    parser.add_argument("--gold", type=Path, help="the changed records; DIR/gold_train.json")
    parser.add_argument("--tells-all", action="store_true", help="says all it knows of itself")
    given = parser.parse_args()
    gold = load_gold(given.gold or given.data / "gold_train.json")
    found = read(given.data / "db.json", datetime.now(UTC))
    users = [
        ScriptedUser(
            task,
            customer,
            {order.number: order for order in found.orders},
            found,
            tells_all=given.tells_all,
        )
        for task in load_tasks(given.tasks)
        if (customer := _customer(task, gold.get(task.id, {}), found))
    ]
    passed, yeses, writes = [], 0, 0
    with progress() as bar:
        task_bar = bar.add_task("Tasks", total=len(users))
        for together in _rounds(users):
            for user, faults, changes in _run(together, given.data, gold):
                passed.append(not faults)
                yeses += user.yeses
                writes += changes
                told = f"task {user.task.id}: {'; '.join(faults[:3]) or 'passed'}"
                bar.console.print(told, highlight=False, markup=False, soft_wrap=True)
                bar.advance(task_bar)
    unasked = max(writes - yeses, 0) / max(writes, 1)
    case = "storekeep, tells all" if given.tells_all else "storekeep"
    values = {"pass_share": sum(passed) / len(passed), "without_yes": unasked}
    report(
        "tau2-bench retail, scripted user, not comparable with the leaderboard",
        [
            Figure(bench="tau_retail_dialogue", case=case, metric=name, value=value)
            for name, value in values.items()
        ],
        given.json,
    )


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


def _rounds(users: Sequence[ScriptedUser]) -> Iterator[list[ScriptedUser]]:
    """Yields users that can share a shop: no customer is in one twice."""
    left = list(users)
    while left:
        together: dict[str, ScriptedUser] = {}
        for user in left:
            together.setdefault(user.customer.id, user)
        yield list(together.values())
        left = [user for user in left if user not in together.values()]


def _run(
    users: Sequence[ScriptedUser], data: Path, gold: dict[str, State]
) -> Iterator[tuple[ScriptedUser, list[str], int]]:
    """Yields each user with what is not as it should be, and how many changes were made."""
    before = json.loads((data / "db.json").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        home, out = Path(folder) / "home", Path(folder) / "out.json"
        _command(home, "import", "tau2", str(data / "db.json"), "--policy", "tau2")
        with storekeep(home) as system, ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda user: _talk(user, system), users))
        _command(home, "export", "tau2", str(out))
        after = json.loads(out.read_text("utf-8"))
    for user in users:
        wanted = expected(before, gold.get(user.task.id, {}))
        own = [_own(state, user.customer.id) for state in (before, wanted, after)]
        changes = [name for name in own[0] if own[0][name] != own[2][name]]
        yield user, list(differences(own[1], own[2])), len(changes)


def _own(state: State, customer_id: str) -> dict[str, Any]:
    orders = {k: v for k, v in state["orders"].items() if v["user_id"] == customer_id}
    return {**orders, customer_id: state["users"][customer_id]["address"]}


def _talk(user: ScriptedUser, system: System) -> None:
    text: str | None = user.opens()
    for turn in range(_TURNS):
        if text is None:
            return
        body = {
            "conversation": f"task-{user.task.id}",
            "message_id": f"m-{turn}",
            "text": text,
            "wait_s": 60,
        }
        request = urllib.request.Request(  # noqa: S310 - an address of this machine
            f"{system.url}/api/v1/messages",
            data=json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {system.api_key}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request, timeout=90) as answer:  # noqa: S310
            replies = json.load(answer)["replies"]
        text = user.replies("\n\n".join(reply["text"] for reply in replies))


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
