"""`storekeep doctor`: looks at all that a shop needs to run, and says what to do about each fault."""

import asyncio
import hashlib
import json
import platform
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Mapping
from contextlib import closing

from rich.console import Console

from knowledge.errors import EncoderMissing, KnowledgeError
from shop.errors import ShopError, StoreUnavailable
from storekeep.artefacts import DIALOGUE_MODEL, ENCODER, UNDERSTANDING, everything
from storekeep.bot_environment import bot_environment, bot_python
from storekeep.errors import AlreadyRunning, EnvironmentMissing, HomeNotWritable, StorekeepError
from storekeep.home import Home
from storekeep.ports import check_port
from storekeep.records import open_shop
from storekeep.settings import ROOT, Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NEEDED_BYTES = 500_000_000
MODEL_LIMIT_S = 120


class Note(StorekeepError):
    """Worth knowing, and nothing that keeps a shop from running."""


def examine(settings: Settings, console: Console) -> bool:
    """Prints what every check finds; returns whether a shop can run."""
    good = True
    for subject, check in CHECKS.items():
        with console.status(f"{subject}…"):
            mark, detail = _verdict(check, settings)
        console.print(mark, f"[bold]{subject}[/]", detail, highlight=False, soft_wrap=True)
        good = good and mark != "[red]✗[/]"
    return good


def _verdict(check: Callable[[Settings], str], settings: Settings) -> tuple[str, str]:
    try:
        return "[green]✓[/]", check(settings)
    except Note as note:
        return "[yellow]![/]", str(note)
    except (StorekeepError, KnowledgeError, ShopError) as error:
        return "[red]✗[/]", str(error)


def _python(_: Settings) -> str:
    return platform.python_version()


def _rasa(_: Settings) -> str:
    code = "import platform, importlib.metadata as m; print(platform.python_version(), m.version('rasa'))"
    found = subprocess.run(
        (str(bot_python()), "-c", code), capture_output=True, text=True, check=False
    )
    python, _blank, rasa = found.stdout.strip().partition(" ")
    wanted = (ROOT / "bot" / ".python-version").read_text().strip()
    pins = (ROOT / "bot" / "requirements.lock").read_text().splitlines()
    if not python.startswith(f"{wanted}.") or f"rasa=={rasa}" not in pins:
        raise EnvironmentMissing("bot/.venv is not whole: remove it and run `make setup`.")
    return f"{rasa} on Python {python}"


def _home(settings: Settings) -> str:
    home = Home(settings.home)
    home.prepare()
    free = shutil.disk_usage(home.folder).free
    if free < NEEDED_BYTES:
        raise HomeNotWritable(
            f"{free / 1e6:.0f} MB are free for {home.folder}: "
            "free some space, or set STOREKEEP_HOME to a folder on another disk."
        )
    if home.folder.stat().st_mode & 0o077:
        raise Note(f"others on this machine can look into it: `chmod 700 {home.folder}`.")
    return f"{home.folder}, {free / 1e9:.1f} GB free"


def _port(settings: Settings) -> str:
    try:
        with Home(settings.home).held():
            check_port(settings.host, settings.port)
    except AlreadyRunning:
        return "this home's shop is running"
    return f"{settings.host}:{settings.port} is free"


def _encoder(_: Settings) -> str:
    try:
        spec = json.loads((ENCODER / "encoder.json").read_text())
        with (ENCODER / "model.onnx").open("rb") as file:
            whole = hashlib.file_digest(file, "sha256").hexdigest() == spec["sha256"]
    except FileNotFoundError:
        raise Note("not built yet: `storekeep build` does it, and `storekeep up` too.") from None
    if not whole:
        raise EncoderMissing(f"{ENCODER} is damaged: remove it and run `storekeep build`.")
    return str(spec["model"])


def _built(settings: Settings) -> str:
    stale = [step.title for step in everything(settings) if not step.is_fresh]
    if stale:
        raise Note(f"{', '.join(stale)} missing or out of date: the next start builds it.")
    return "everything is up to date"


def _model(_: Settings) -> str:
    if not DIALOGUE_MODEL.exists():
        raise Note("not built yet: `storekeep build` does it, and `storekeep up` too.")
    variables = {"STOREKEEP_MODEL": str(DIALOGUE_MODEL), "STOREKEEP_ENCODER": str(UNDERSTANDING)}
    try:
        parsed = subprocess.run(
            (str(bot_python()), "-m", "bot.parse"),
            cwd=ROOT,
            env=bot_environment(variables),
            input="hello\n",
            capture_output=True,
            text=True,
            check=True,
            timeout=MODEL_LIMIT_S,
        )
        return f"understands “hello” as {json.loads(parsed.stdout)['intent']}"
    except (subprocess.SubprocessError, ValueError, KeyError):
        raise EnvironmentMissing(
            f"{DIALOGUE_MODEL} cannot be used: remove it and run `storekeep build`."
        ) from None


def _database(settings: Settings) -> str:
    home = Home(settings.home)
    for path in (home.shop_db, home.gateway_db, home.tracker_db):
        if path.exists():
            _check_file(str(path))
    if not settings.database_url and not home.shop_db.exists():
        raise Note("not made yet: `storekeep build` does it, and `storekeep up` too.")
    return asyncio.run(_count_products(settings))


def _check_file(path: str) -> None:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        answer = str(error)
    if answer != "ok":
        raise StoreUnavailable(f"{path} is damaged ({answer}): restore it from a backup.")


async def _count_products(settings: Settings) -> str:
    async with open_shop(settings) as shop, shop.snapshot() as records:
        return f"{await records.catalogue.count()} products"


def _browser(_: Settings) -> str:
    for name in BROWSERS:
        if found := shutil.which(name):
            return found
    raise Note("none found: the browser tests are skipped without Chromium.")


CHECKS: Mapping[str, Callable[[Settings], str]] = {
    "Python": _python,
    "Rasa": _rasa,
    "Home": _home,
    "Port": _port,
    "Encoder": _encoder,
    "Build": _built,
    "Dialogue model": _model,
    "Database": _database,
    "Browser": _browser,
}
