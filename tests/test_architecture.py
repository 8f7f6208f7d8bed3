"""The house stays as it was designed."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
PACKAGES = ("actions", "bench", "bot", "channels", "knowledge", "shop", "storekeep")
LINE_CEILING = 300
NOT_SKILLS = {"__init__", "dialogue", "services", "skill", "wording"}  # what all skills share

WATCHED_IMPORT = """
import importlib, pkgutil, sys
done = False
def watch(event, args):
    writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if not done and (writes or event in ("socket.connect", "socket.bind", "subprocess.Popen")):
        if not str(args[0]).endswith(".pyc") and "__pycache__" not in str(args[0]):
            raise SystemExit(f"importing does {event} {args}")
sys.addaudithook(watch)
import actions
for module in pkgutil.walk_packages(actions.__path__, "actions."):
    importlib.import_module(module.name)
done = True
"""


def modules(*packages: str) -> Iterator[Path]:
    """Yields our Python files."""
    for package in packages:
        for path in (ROOT / package).rglob("*.py"):
            if ".venv" not in path.parts:
                yield path


def stems(folder: str, pattern: str, prefix: str = "") -> set[str]:
    """Returns the names of files without prefix and suffix."""
    return {path.stem.removeprefix(prefix) for path in (ROOT / folder).glob(prefix + pattern)}


def domain() -> dict[str, dict[str, object]]:
    """Returns each skill's part of the bot's domain."""
    return {path.stem: yaml.safe_load(path.read_text()) for path in ROOT.glob("bot/domain/*.yml")}


def test_packages_import_only_what_they_may():
    """Every import contract of pyproject.toml is kept."""
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run((linter,), cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


def test_no_module_grows_beyond_the_ceiling():
    """A file that needs more lines holds more than one idea."""
    sizes = {path: len(path.read_text().splitlines()) for path in modules(*PACKAGES)}
    assert {path: size for path, size in sizes.items() if size > LINE_CEILING} == {}


def test_only_settings_read_the_environment():
    """Whoever wants to know what can be set looks in two files."""
    reads = re.compile(r"os\.getenv|os\.environ(?!\.update)")
    readers = {path for path in modules(*PACKAGES) if reads.search(path.read_text())}
    assert readers <= {ROOT / "storekeep/settings.py", ROOT / "bot/settings.py"}


def test_importing_actions_has_no_effect():
    """No connection, file or process is opened by an import, because the SDK imports everything."""
    result = subprocess.run(
        (sys.executable, "-c", WATCHED_IMPORT),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("folder", "pattern", "prefix"),
    [
        ("data/nlu", "*.yml", ""),
        ("data/rules", "*.yml", ""),
        ("data/stories", "*.yml", ""),
        ("tests/dialogue", "*.yml", "test_"),
    ],
)
def test_one_skill_has_one_stem(folder, pattern, prefix):
    """A skill is found by its name in every folder: the bot's domain names them all."""
    assert stems(folder, pattern, prefix) <= stems("bot/domain", "*.yml")


def test_every_action_module_is_a_skill_and_has_tests():
    """actions/returns.py belongs to bot/domain/returns.yml and tests/unit/actions/test_returns.py."""
    skills = stems("actions", "*.py") - NOT_SKILLS
    assert skills <= stems("bot/domain", "*.yml")
    assert skills <= stems("tests/unit/actions", "*.py", "test_")


def test_the_domain_and_the_actions_name_each_other():
    """Each action the bot may take has one class in its skill's module, and the other way round."""
    named = {skill: set(part.get("actions", ())) for skill, part in domain().items()}
    defined = {skill: action_names(ROOT / f"actions/{skill}.py") for skill in named}
    assert named == defined


def action_names(path: Path) -> set[str]:
    """Returns what the `name` methods of a module's actions return."""
    if not path.exists():
        return set()
    methods = (node for node in ast.walk(ast.parse(path.read_text())) if is_name_method(node))
    return {ast.literal_eval(node.body[-1].value) for node in methods}


def is_name_method(node: ast.AST) -> bool:
    """Whether this is `def name(self)` with a literal answer."""
    return isinstance(node, ast.FunctionDef) and node.name == "name"


def test_each_response_has_one_home():
    """Of two responses with one name Rasa lets one win in silence."""
    homes: dict[str, list[str]] = {}
    for path in sorted((ROOT / "bot/domain").glob("*.yml")):
        for name in yaml.safe_load(path.read_text()).get("responses") or {}:
            homes.setdefault(name, []).append(path.name)
    assert [name for name, files in homes.items() if len(files) > 1] == []
