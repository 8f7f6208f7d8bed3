"""Keeps the processes of a shop running: starts, watches, restarts and ends them."""

import asyncio
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from storekeep.childlog import LINE_LIMIT, ChildLog, last_line
from storekeep.errors import StartFailed, StorekeepError
from storekeep.processes import GRACE_S, Identity, RunFile
from storekeep.settings import ROOT, child_environment

POLL_S = 0.3
STEADY_S = 60.0  # whoever ran this long may die once without waiting longer than the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One process and how to see that it is ready."""

    name: str  # names the log file and the lines about it
    command: Sequence[str]
    ready_url: str  # answers 200 when the service can do its work
    environment: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)  # for `ready_url`
    before_start: Callable[[], None] = lambda: None  # raises what no further start would heal


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the supervisor waits for what."""

    delays_s: Sequence[float] = (1, 2, 4, 8, 15, 30)  # before each new start; the last one repeats
    first_starts: int = 2  # ends before it was ever ready, until starting is given up
    ready_s: float = 180.0


class Supervisor:
    """Runs services until it is told to stop, then leaves no process behind."""

    def __init__(
        self,
        services: Sequence[Service],
        *,
        logs: Path,
        record: RunFile,
        say: Callable[[str], None],
        patience: Patience | None = None,
    ) -> None:
        self._services = services
        self._logs = logs
        self._record = record
        self._say = say
        self._patience = patience or Patience()
        self._ready = {service.name: asyncio.Event() for service in services}
        self._stop = asyncio.Event()

    def stop(self) -> None:
        """Ends `run`, and every process with it."""
        self._stop.set()

    async def run(self, on_ready: Callable[[], None]) -> None:
        """Starts everything at once, calls `on_ready` when all are ready, and runs until `stop`.

        Raises:
            StorekeepError: a service cannot start, ended several times before it was ever ready,
                or took too long.
        """
        try:
            async with asyncio.TaskGroup() as group:
                keepers = [group.create_task(self._keep(service)) for service in self._services]
                keepers.append(group.create_task(self._announce(on_ready)))
                await self._stop.wait()
                for keeper in keepers:
                    keeper.cancel()
        except* StorekeepError as failures:
            raise failures.exceptions[0] from None

    async def _announce(self, on_ready: Callable[[], None]) -> None:
        for service in self._services:
            try:
                async with asyncio.timeout(self._patience.ready_s):
                    await self._ready[service.name].wait()
            except TimeoutError:
                raise self._gave_up(service, "is not ready after a long time") from None
        on_ready()

    async def _keep(self, service: Service) -> None:
        ends = 0
        clock = asyncio.get_running_loop().time
        while True:
            service.before_start()
            started = clock()
            code = await self._live(service)
            ends = 1 if clock() - started > STEADY_S else ends + 1
            if not self._ready[service.name].is_set() and ends >= self._patience.first_starts:
                raise self._gave_up(service, "ends as soon as it is started")
            delays = self._patience.delays_s
            delay = delays[min(ends, len(delays)) - 1]
            self._say(
                f"{service.name} ended ({_describe(code)}); starting it again in {delay:g} s."
            )
            await asyncio.sleep(delay)

    async def _live(self, service: Service) -> int:
        """Runs the service once, from start to end, and returns its exit code."""
        process = await asyncio.create_subprocess_exec(
            *service.command,
            cwd=ROOT,
            env=child_environment(service.environment),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            limit=LINE_LIMIT,
            start_new_session=True,  # so that Ctrl-C comes to us alone, and we end the whole group
        )
        try:
            with suppress(ProcessLookupError):
                self._record.add(service.name, Identity.of(process.pid))
            return await self._attend(service, process)
        except OSError as error:
            raise StartFailed(
                f"{self._logs.parent} cannot be written ({error.strerror}): free some space, "
                "or set STOREKEEP_HOME to a folder on another disk."
            ) from error
        finally:
            await _end_group(process)
            with suppress(OSError):  # a child that has ended does no harm in the record
                self._record.remove(service.name)

    async def _attend(self, service: Service, process: asyncio.subprocess.Process) -> int:
        """Keeps what a running process says, watches it, and returns its exit code."""
        log = ChildLog(service.name, self._logs, self._say)
        side_tasks = [
            asyncio.create_task(log.keep(process.stdout)),
            asyncio.create_task(self._watch(service)),
        ]
        try:
            return await process.wait()
        finally:
            await _end_group(process)
            for task in side_tasks:
                task.cancel()
            await asyncio.gather(*side_tasks, return_exceptions=True)
            log.close()

    async def _watch(self, service: Service) -> None:
        """Waits until the service is ready; says so when it was ready before."""
        async with aiohttp.ClientSession(headers=service.headers) as session:
            while not await _answers(session, service.ready_url):  # noqa: ASYNC110 - another process
                await asyncio.sleep(POLL_S)
        if self._ready[service.name].is_set():
            self._say(f"{service.name} is back.")
        self._ready[service.name].set()

    def _gave_up(self, service: Service, why: str) -> StartFailed:
        path = self._logs / f"{service.name}.log"
        return StartFailed(
            f"The {service.name} process {why}; its last words: {last_line(path)!r}. "
            f"The rest is in {path}, and `storekeep doctor` helps to find the cause."
        )


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    with suppress(aiohttp.ClientError, TimeoutError):
        async with session.get(url, timeout=aiohttp.ClientTimeout(total=2)) as response:
            return response.status == 200  # noqa: PLR2004 - the word for it is the number
    return False


async def _end_group(process: asyncio.subprocess.Process) -> None:
    """Ends a process with all it started: asks first, then insists."""
    _signal_group(process.pid, signal.SIGTERM)
    with suppress(TimeoutError):
        async with asyncio.timeout(GRACE_S):
            await process.wait()
    _signal_group(process.pid, signal.SIGKILL)
    await process.wait()


def _signal_group(leader: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # macOS: EPERM for a group of zombies
        os.killpg(leader, number)


def _describe(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"
