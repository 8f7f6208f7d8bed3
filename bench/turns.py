"""Turns of the whole running system beside stock Rasa: latency, throughput and memory, in one run.

Storekeep answers through its gateway, over the HTTP API, with every message kept in SQL, a demo
shop behind it and its actions in a process of their own. Stock Rasa is the bot of `rasa init`,
asked over its REST channel: no actions, nothing kept on disk. Each is asked what it was made for,
no message in the same words twice: what an answer costs is measured, not what was remembered of it.
The two run in turn, never together. New metrics: `ratio` is this system's figure in units of stock
Rasa's, `messages_per_cpu_s` counts answered messages per processor second of all processes,
`cpu_ms` is the processor time of one message, and the last table has it and the memory by process.
"""

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import aiohttp

from bench.report import Figure, options, progress, report
from bench.running import System, Usage, stock_rasa, storekeep, usage

STOREKEEP_SAYS = (
    "hello",
    "do you sell headphones?",
    "where is my order SK-1001? my e-mail is ada@example.com",
    "how long does delivery take?",
    "thanks",
    "a lamp for my desk, please",
    "can I return something that I have used?",
    "bye",
)
STOCK_SAYS = (
    "hello",
    "I am very sad",
    "yes",
    "bye",
    "good morning",
    "great",
    "are you a bot?",
    "no",
)
STOCK, OWN = "stock rasa", "storekeep"
CONCURRENT = (1, 16)
WARM_UP = 24
NOTHING = Usage()

_numbers = itertools.count(1)  # at the end of each message, where they mean nothing

Ask = Callable[[aiohttp.ClientSession, str, int, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Load:
    """What came of some turns at one concurrency."""

    seconds: list[float]  # of each turn
    total_s: float
    cpu_s: Mapping[str, float]  # by process


async def ask_storekeep(
    system: System, http: aiohttp.ClientSession, conversation: str, number: int, text: str
) -> None:
    """Has one turn answered; anything but a complete turn with replies is an error."""
    message = {
        "conversation": conversation,
        "message_id": f"m-{number}",
        "text": text,
        "wait_s": 30,
    }
    headers = {"Authorization": f"Bearer {system.api_key}"}
    url = f"{system.url}/api/v1/messages"
    async with http.post(url, json=message, headers=headers) as response:
        answer = await response.json()
        if response.status != 200 or not answer["replies"]:
            raise RuntimeError(f"No whole answer ({response.status}): {answer}")


async def ask_stock(
    system: System, http: aiohttp.ClientSession, conversation: str, number: int, text: str
) -> None:
    """Has one turn answered. An empty answer is allowed: the stock bot has turns without one."""
    del number
    url = f"{system.url}/webhooks/rest/webhook"
    async with http.post(url, json={"sender": conversation, "message": text}) as response:
        response.raise_for_status()
        await response.json()


async def load(
    ask: Ask, says: Sequence[str], pid: int, *, conversations: int, turns: int, name: str
) -> Load:
    """Has many conversations go on at once, each waiting for its answers."""
    seconds: list[float] = []

    async def converse(http: aiohttp.ClientSession, conversation: str) -> None:
        for number, text in zip(range(turns), itertools.cycle(says), strict=False):
            began = time.perf_counter()
            await ask(http, conversation, number, f"{text} ({next(_numbers)})")
            seconds.append(time.perf_counter() - began)

    before, began = usage(pid), time.perf_counter()
    async with aiohttp.ClientSession() as http:
        await asyncio.gather(
            *(converse(http, f"{name}-{number}") for number in range(conversations))
        )
    total_s, after = time.perf_counter() - began, usage(pid)
    cpu = {name: used.cpu_s - before.get(name, NOTHING).cpu_s for name, used in after.items()}
    return Load(seconds, total_s, cpu)


async def measure(
    case: str, system: System, ask: Ask, says: Sequence[str], turns: int
) -> list[Figure]:
    """Returns the figures of one running system."""
    await load(ask, says, system.pid, conversations=1, turns=WARM_UP, name="warm-up")
    figures: list[Figure] = []
    with progress() as bar:
        task = bar.add_task(case, total=len(CONCURRENT))
        for concurrent in CONCURRENT:
            per_conversation = turns if concurrent == 1 else max(len(says), turns // 8)
            result = await load(
                ask,
                says,
                system.pid,
                conversations=concurrent,
                turns=per_conversation,
                name=f"c{concurrent}",
            )
            figures += _figures(f"{case}, {concurrent} at once", result)
            bar.advance(task)
    return [*figures, *_by_process(case, system.pid, result)]


def _figures(case: str, result: Load) -> list[Figure]:
    cuts = statistics.quantiles(result.seconds, n=100)
    answered, cpu_s = len(result.seconds), sum(result.cpu_s.values())
    values = {
        "p50_ms": statistics.median(result.seconds) * 1000,
        "p95_ms": cuts[94] * 1000,
        "p99_ms": cuts[98] * 1000,
        "messages_per_s": answered / result.total_s,
        "messages_per_cpu_s": answered / cpu_s,
        "cpu_ms": cpu_s / answered * 1000,
    }
    return [Figure(bench="turns", case=case, metric=m, value=v) for m, v in values.items()]


def _by_process(case: str, pid: int, result: Load) -> list[Figure]:
    """Returns what each process took for a message under load, and what all of them hold then."""
    used = usage(pid)
    total_mb = sum(each.resident_mb for each in used.values())
    figures = [Figure(bench="turns", case=case, metric="rss_mb", value=total_mb)]
    return figures + [
        Figure(bench="turns", case=f"{case}: {name}", metric=metric, value=value)
        for name, each in used.items()
        for metric, value in (
            ("cpu_ms", result.cpu_s[name] / len(result.seconds) * 1000),
            ("rss_mb", each.resident_mb),
        )
    ]


def ratios(ours: Sequence[Figure], theirs: Sequence[Figure]) -> list[Figure]:
    """Returns each of our figures in units of theirs at the same concurrency."""
    values = {(each.case.removeprefix(STOCK), each.metric): each.value for each in theirs}
    return [
        Figure(
            bench="turns",
            case=f"ratio{place}",
            metric=mine.metric,
            value=mine.value / values[place, mine.metric],
        )
        for mine in ours
        if ((place := mine.case.removeprefix(OWN)), mine.metric) in values
    ]


def main() -> None:
    """Measures both systems one after the other."""
    parser = options(__doc__, needs_data=False)
    parser.add_argument("--turns", type=int, default=400, help="turns of a lone conversation")
    arguments = parser.parse_args()

    with stock_rasa() as system:
        ask = partial(ask_stock, system)
        theirs = asyncio.run(measure(STOCK, system, ask, STOCK_SAYS, arguments.turns))
    with tempfile.TemporaryDirectory() as folder, storekeep(Path(folder) / "home") as system:
        ask = partial(ask_storekeep, system)
        ours = asyncio.run(measure(OWN, system, ask, STOREKEEP_SAYS, arguments.turns))
    report("Turns", [*theirs, *ours, *ratios(ours, theirs)], arguments.json)


if __name__ == "__main__":
    main()
