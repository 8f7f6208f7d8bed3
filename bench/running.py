"""A whole shop or a stock Rasa bot running beside the benchmark, and what they use of the machine."""

import secrets
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from storekeep.bot_environment import QUIET, bot_python
from storekeep.ports import free_ports
from storekeep.settings import ROOT, child_environment

ROLES = ("gateway", "rasa", "actions", "up")  # "up" is the supervisor
_STOP_LIMIT_S = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system under test: where it listens, and its first process."""

    url: str
    pid: int
    api_key: str = ""
    home: Path = ROOT


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a process has taken of the machine."""

    cpu_s: float = 0.0
    resident_mb: float = 0.0


@contextmanager
def storekeep(home: Path) -> Iterator[System]:
    """Runs `storekeep up` on a home and a free port of its own."""
    (port,) = free_ports(1)
    key = secrets.token_urlsafe(16)
    settings = {
        "STOREKEEP_HOME": str(home),
        "STOREKEEP_PORT": str(port),
        "STOREKEEP_API_KEY": key,
    }
    url = f"http://127.0.0.1:{port}"
    command = (sys.executable, "-m", "storekeep", "up")
    with _process(command, settings, home.parent, home.name) as process:
        _wait_until_ready(process, f"{url}/readyz")
        yield System(url=url, pid=process.pid, api_key=key, home=home)


@contextmanager
def stock_rasa() -> Iterator[System]:
    """Makes the bot of `rasa init`, trains it as it is, and runs it with its REST channel."""
    rasa = (str(bot_python()), "-m", "rasa")
    (port,) = free_ports(1)
    url = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "stock"
        project.mkdir()
        init = (*rasa, "init", "--no-prompt", "--init-dir", str(project))
        with _process(init, QUIET, Path(folder), "init") as process:
            if process.wait() != 0:
                raise RuntimeError("`rasa init` failed, so there is nothing to compare with.")
        (project / "credentials.yml").write_text("rest:\n", encoding="utf-8")
        run = (*rasa, "run", "--interface", "127.0.0.1", "--port", str(port))
        with _process(run, QUIET, project, "run") as process:
            _wait_until_ready(process, f"{url}/")
            yield System(url=url, pid=process.pid)


def usage(pid: int) -> dict[str, Usage]:
    """Returns what a process and each below it use, by what they are for.

    Pages that processes share are counted in each.
    """
    top = psutil.Process(pid)
    found: dict[str, Usage] = {}
    for process in (top, *top.children(recursive=True)):
        times, memory = process.cpu_times(), process.memory_info().rss
        name = _role(process.cmdline())
        before = found.get(name, Usage())
        found[name] = Usage(
            cpu_s=before.cpu_s + times.user + times.system,
            resident_mb=before.resident_mb + memory / 2**20,
        )
    return found


def _role(command: Sequence[str]) -> str:
    """Returns what a process is for: the word of its command line that says so."""
    words = " ".join(command).replace("bot.server", "rasa").split()
    return next((word for word in words[1:] if word in ROLES), "other")


@contextmanager
def _process(
    command: tuple[str, ...], environment: Mapping[str, str], folder: Path, name: str
) -> Iterator["subprocess.Popen[bytes]"]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - commands of this module
            command,
            env=child_environment(environment),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            try:
                process.wait(_STOP_LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_ready(
    process: "subprocess.Popen[bytes]", url: str, *, limit_s: float = 300.0
) -> None:
    ends = time.monotonic() + limit_s
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}.")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - an address of this machine
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"{url} was not ready after {limit_s:.0f} s.")
