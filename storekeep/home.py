"""The home: the folder with one shop's state, and the one Storekeep that may run on it."""

import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from storekeep.errors import AlreadyRunning, HomeNotWritable

DEMO_AGENTS = ("anna", "ben")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What only this home knows, kept in a file that only its owner can read."""

    api_key: str
    session_secret: str
    agents: Mapping[str, str]  # of the demo's desk: login → password


@dataclass(frozen=True, slots=True)
class Home:
    """Where the state of one shop lies."""

    folder: Path

    @property
    def shop_db(self) -> Path:
        """The shop's records."""
        return self.folder / "shop.db"

    @property
    def policy(self) -> Path:
        """The shop's own rules, where it has any."""
        return self.folder / "policy.yml"

    @property
    def delivery(self) -> Path:
        """How the shop delivers, where it says so itself."""
        return self.folder / "delivery.yml"

    @property
    def agents(self) -> Path:
        """Who may log in at the desk."""
        return self.folder / "agents.json"

    @property
    def gateway_db(self) -> Path:
        """The conversations."""
        return self.folder / "gateway.db"

    @property
    def tracker_db(self) -> Path:
        """What Rasa remembers of each dialogue."""
        return self.folder / "tracker.db"

    @property
    def index(self) -> Path:
        """The catalogue index."""
        return self.folder / "index"

    @property
    def mails(self) -> Path:
        """The mails that stayed here for want of a mail server."""
        return self.folder / "mails"

    @property
    def logs(self) -> Path:
        """One log file for each process."""
        return self.folder / "logs"

    @property
    def running(self) -> Path:
        """Which processes run on this home."""
        return self.folder / "run.json"

    def prepare(self) -> None:
        """Makes the folders.

        Raises:
            HomeNotWritable: they cannot be made or written.
        """
        try:
            # customers' data are for the owner alone; a folder that was there keeps its own rights
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.logs.mkdir(exist_ok=True)
            probe = self.folder / ".probe"
            probe.write_bytes(b"x" * 4096)
            probe.unlink()
        except OSError as error:
            raise HomeNotWritable(
                f"{self.folder} cannot be written ({error.strerror}): "
                "free it up or set STOREKEEP_HOME to another folder."
            ) from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps every other Storekeep off this home.

        Raises:
            AlreadyRunning: another one has it.
        """
        try:
            with FileLock(self.folder / "lock", timeout=0):
                yield
        except Timeout:
            raise AlreadyRunning(
                f"Storekeep is already running on {self.folder} (pid {self._owner()}): "
                "stop it first, or set STOREKEEP_HOME and STOREKEEP_PORT for a second one."
            ) from None

    def secrets(self) -> Secrets:
        """Returns the home's secrets; makes them the first time."""
        path = self.folder / "secrets.json"
        if not path.exists():
            write_private(path, json.dumps(asdict(_new_secrets()), indent=2))
        return Secrets(**json.loads(path.read_text()))

    def _owner(self) -> str:
        with suppress(OSError, ValueError, KeyError):
            return str(json.loads(self.running.read_text())["pid"])
        return "unknown"


def _new_secrets() -> Secrets:
    return Secrets(
        api_key=secrets.token_urlsafe(24),
        session_secret=secrets.token_urlsafe(32),
        agents={name: secrets.token_urlsafe(9) for name in DEMO_AGENTS},
    )


def write_private(path: Path, text: str) -> None:
    """Writes a file that nobody else can read, whole or not at all."""
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
