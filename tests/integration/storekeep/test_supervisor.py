"""The supervisor with real, tiny child processes."""

import asyncio
import dataclasses
import errno
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import psutil
import pytest

from storekeep.errors import PortBusy, StartFailed
from storekeep.processes import Identity, RunFile
from storekeep.supervisor import Patience, Service, Supervisor

pytestmark = pytest.mark.integration

SERVER = """
import http.server, os, pathlib, subprocess, sys
pathlib.Path(sys.argv[2]).write_text(str(os.getpid()))
print("ERROR a line to be seen", flush=True)
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""
PARENT = (
    "import subprocess, sys; subprocess.Popen([sys.executable, '-c', "
    "'import time; time.sleep(600)']); "
) + SERVER
FAILS = "print('no model\\n'); raise SystemExit(3)"
QUICK = Patience(delays_s=(0.05, 0.1), first_starts=3, ready_s=20)


@pytest.fixture
def spoken() -> list[str]:
    """What the supervisor said."""
    return []


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process that would run for long."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as process:
        yield process
        process.kill()


@pytest.fixture
def service(tmp_path: Path, unused_tcp_port_factory: Callable[[], int]) -> Callable[..., Service]:
    """Makes services that run a Python text."""

    def make(name: str, code: str) -> Service:
        port = unused_tcp_port_factory()
        return Service(
            name=name,
            command=(sys.executable, "-c", code, str(port), str(tmp_path / f"{name}.pid")),
            ready_url=f"http://127.0.0.1:{port}/",
        )

    return make


@pytest.fixture
def running(tmp_path: Path, spoken: list[str]) -> Callable[..., object]:
    """Runs a supervisor, yields it when everything is ready, and stops it."""

    @asynccontextmanager
    async def run(*services: Service) -> AsyncIterator[Supervisor]:
        ready = asyncio.Event()
        supervisor = Supervisor(
            services,
            logs=tmp_path,
            record=RunFile(tmp_path / "run.json"),
            say=spoken.append,
            patience=QUICK,
        )
        task = asyncio.create_task(supervisor.run(ready.set))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait((task, waiting), return_when=asyncio.FIRST_COMPLETED)
        try:
            yield supervisor
        finally:
            waiting.cancel()
            supervisor.stop()
            await task

    return run


async def until(condition: Callable[[], bool]) -> None:
    """Waits for another process to bring something about."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - another process brings it about
            await asyncio.sleep(0.02)


def lives(process: psutil.Process) -> bool:
    """Whether a process runs; one that only waits for its parent to notice its end does not."""
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


async def test_stopping_ends_every_process_with_its_children(service, running, tmp_path):
    """After the stop neither a service nor what it started runs any more."""
    async with running(service("one", SERVER), service("two", PARENT)):
        pids = [int((tmp_path / f"{name}.pid").read_text()) for name in ("one", "two")]
        family = [psutil.Process(pid) for pid in pids]
        family += psutil.Process(pids[1]).children()
        assert len(family) == 3
    await until(lambda: not any(lives(process) for process in family))
    assert json.loads((tmp_path / "run.json").read_text())["children"] == {}


async def test_a_killed_process_is_started_again(service, running, spoken, tmp_path):
    """A service that dies is started anew, and both are said."""
    async with running(service("one", SERVER)):
        first = int((tmp_path / "one.pid").read_text())
        psutil.Process(first).kill()
        await until(lambda: "one is back." in spoken)
        assert int((tmp_path / "one.pid").read_text()) != first
    assert "one ended (SIGKILL); starting it again in 0.05 s." in spoken


async def test_errors_in_a_log_are_shown_and_everything_is_kept(service, running, spoken, tmp_path):
    """A child's error lines appear on the terminal too."""
    async with running(service("one", SERVER)):
        await until(lambda: "one: ERROR a line to be seen" in spoken)
    assert "ERROR a line to be seen" in (tmp_path / "one.log").read_text()


async def test_what_never_starts_is_given_up(service, running, spoken):
    """The delay grows, and after three ends before it was ever ready the whole start fails."""
    with pytest.raises(StartFailed, match=r"one process ends as soon as it is started.*'no model'"):
        async with running(service("one", FAILS), service("two", SERVER)):
            pass
    assert [line for line in spoken if line.startswith("one")] == [
        "one ended (exit code 3); starting it again in 0.05 s.",
        "one ended (exit code 3); starting it again in 0.1 s.",
    ]


async def test_what_no_start_would_heal_ends_everything(service, running, spoken):
    """A port that another program took while the service was down is said at once."""
    starts = iter((None, PortBusy("Port 1 is in use by another program.")))

    def check() -> None:
        if error := next(starts):
            raise error

    fails = dataclasses.replace(service("one", FAILS), before_start=check)
    with pytest.raises(PortBusy):
        async with running(fails, service("two", SERVER)):
            pass


async def test_a_full_disk_is_told_in_one_sentence_and_leaves_nothing_running(service, tmp_path):
    """A child whose start cannot be recorded is ended again."""

    class FullDisk(RunFile):
        def add(self, name: str, child: Identity) -> None:
            self.added = child
            raise OSError(errno.ENOSPC, "No space left on device")

    record = FullDisk(tmp_path / "run.json")
    supervisor = Supervisor(
        [service("one", SERVER)], logs=tmp_path, record=record, say=print, patience=QUICK
    )
    with pytest.raises(StartFailed, match=r"No space left on device.*STOREKEEP_HOME"):
        await supervisor.run(lambda: None)
    assert record.added.process() is None


def test_what_an_earlier_run_left_behind_is_ended(tmp_path, sleeper):
    """After a kill -9 of the supervisor the next start finds its children and ends them."""
    RunFile(tmp_path / "run.json").add("one", Identity.of(sleeper.pid))

    assert RunFile(tmp_path / "run.json").begin() == 1
    assert sleeper.poll() is not None


def test_a_stranger_with_a_recorded_number_is_left_alone(tmp_path, sleeper):
    """A process that merely has the number of a former child is not ended."""
    identity = Identity.of(sleeper.pid)
    RunFile(tmp_path / "run.json").add("one", Identity(identity.pid, identity.created - 3600))

    assert RunFile(tmp_path / "run.json").begin() == 0
    assert sleeper.poll() is None
