"""The documents name what exists, and all of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from channels.errors import GatewayError
from storekeep.__main__ import app
from storekeep.settings import PREFIX, ROOT, Links, Settings

DOCUMENTS = ("README.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in ROOT.glob("docs/*.md")))
CODE = re.compile(r"```\w*\n(.*?)```|`([^`\n]+)`", re.DOTALL)
FOR_TESTS = {"STOREKEEP_TEST_DATABASE_URL", "STOREKEEP_BENCH_DATA"}


def text(document: str) -> str:
    """Returns a document."""
    return (ROOT / document).read_text()


def code(document: str) -> str:
    """Returns all code of a document: its blocks and what stands in the lines."""
    return "\n".join(map("".join, CODE.findall(text(document))))


def make_targets() -> set[str]:
    """Returns what can be made."""
    return set(re.findall(r"^([a-z-]+):.*## ", text("Makefile"), re.MULTILINE))


def commands() -> set[str]:
    """Returns the commands of the command line, those of groups with the group's name."""
    return set(_commands(typer.main.get_command(app), ""))


def _commands(command: typer.core.TyperCommand, name: str) -> Iterator[str]:
    for word, child in getattr(command, "commands", {}).items():
        yield from _commands(child, f"{name} {word}".strip())
    if not hasattr(command, "commands"):
        yield name


def settings() -> set[str]:
    """Returns every variable that any of our processes reads."""
    ours = {f"{PREFIX}{name.upper()}" for kind in (Settings, Links) for name in kind.model_fields}
    return ours | set(re.findall(r"STOREKEEP_[A-Z_]+", text("bot/settings.py")))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_name_only_what_exists(document):
    """Each `make X`, `storekeep X`, STOREKEEP_X and linked file in a document is there."""
    source = code(document)
    assert set(re.findall(r"^\s*make ([a-z-]+)", source, re.MULTILINE)) <= make_targets()
    words = {words.split()[0] for words in commands()}
    assert set(re.findall(r"storekeep ([a-z]+)\b", source)) <= words
    assert set(re.findall(r"STOREKEEP_[A-Z_]+", text(document))) <= settings() | FOR_TESTS
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text(document))
    missing = [link for link in links if not (ROOT / document).parent.joinpath(link).exists()]
    assert missing == []


def test_every_command_is_documented():
    """The operator's page lists all commands, the contributor's page all make targets."""
    missing = {
        command
        for command in commands()
        if f"`storekeep {command}`" not in text("docs/operating.md")
    }
    assert missing == set()
    assert {
        name for name in make_targets() if f"`make {name}`" not in text("CONTRIBUTING.md")
    } == set()


@pytest.mark.parametrize("kind", [Settings, Links])
def test_the_settings_table_says_what_the_classes_say(kind):
    """Each setting's row holds its default and its description."""
    assert [row for row in rows(kind) if row not in text("docs/operating.md")] == []


def test_the_example_file_holds_every_setting_at_its_default():
    """Uncommenting any line changes nothing."""
    expected = {
        f"#{PREFIX}{name.upper()}={'' if default == 'none' else default.strip('`')}"
        for name, default in defaults(Settings).items()
    }
    lines = text(".env.example").splitlines()
    assert {line for line in lines if line.startswith(f"#{PREFIX}")} == expected


def test_every_error_code_of_the_api_is_documented():
    """Whoever calls the API finds each code it may answer."""
    assert [
        code for code in error_codes(GatewayError) if f"`{code}`" not in text("docs/http-api.md")
    ] == []


def rows(kind: type[BaseSettings]) -> list[str]:
    """Returns the rows of a settings table."""
    return [
        f"| `{PREFIX}{name.upper()}` | {default} | {kind.model_fields[name].description} |"
        for name, default in defaults(kind).items()
    ]


def defaults(kind: type[BaseSettings]) -> dict[str, str]:
    """Returns each setting's default as a document writes it."""
    return {name: written(field.default) for name, field in kind.model_fields.items()}


def written(default: object) -> str:
    """Returns one default as a document writes it."""
    if default is PydanticUndefined:
        return "required"
    if default is None or default == ():
        return "none"
    return f"`{default.relative_to(ROOT) if isinstance(default, Path) else default}`"


def error_codes(kind: type[GatewayError]) -> set[str]:
    """Returns the codes of an error and of all below it, without the root's own."""
    return {sub.code for sub in kind.__subclasses__()}.union(
        *(error_codes(sub) for sub in kind.__subclasses__())
    )
