"""The command line as a user meets it."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from storekeep.home import Home
from storekeep.processes import RunFile

pytestmark = pytest.mark.integration

HEAVY = ("numpy", "pydantic", "rich", "sqlalchemy", "torch", "aiohttp")


def storekeep(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Runs a command and returns what came of it."""
    return subprocess.run(
        (sys.executable, "-m", "storekeep", *arguments),
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_help_imports_nothing_heavy():
    """The list of commands comes at once, because commands import what they need when they run."""
    code = f"import sys, storekeep.__main__; print([m for m in {HEAVY} if m in sys.modules])"
    loaded = subprocess.run(
        (sys.executable, "-c", code), capture_output=True, text=True, check=True
    )
    assert loaded.stdout.strip() == "[]"
    assert "doctor" in storekeep("--help").stdout


def test_a_busy_port_is_one_sentence(tmp_path: Path):
    """The sentence names the setting; there is no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = storekeep("up", STOREKEEP_HOME=str(tmp_path), STOREKEEP_PORT=str(port))
    assert result.returncode == 1
    assert result.stderr == (
        f"storekeep: Port {port} on 127.0.0.1 is in use by another program: "
        "stop that, or set STOREKEEP_PORT to a free port.\n"
    )


def test_a_second_start_on_the_same_home_is_one_sentence(tmp_path: Path):
    """It names the process that has the home."""
    home = Home(tmp_path)
    home.prepare()
    with home.held():
        RunFile(home.running).begin()
        result = storekeep("up", STOREKEEP_HOME=str(tmp_path))
    assert result.returncode == 1
    assert f"already running on {tmp_path} (pid {os.getpid()})" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_wrong_setting_is_one_sentence():
    """Every command says which variable to change."""
    result = storekeep("build", STOREKEEP_PORT="eighty")
    assert result.returncode == 1
    assert result.stderr.startswith("storekeep: STOREKEEP_PORT: ")
    assert len(result.stderr.splitlines()) == 1


def test_an_address_that_is_not_ours_is_one_sentence(tmp_path: Path):
    """The sentence names the settings."""
    result = storekeep("up", STOREKEEP_HOME=str(tmp_path), STOREKEEP_HOST="192.0.2.1")
    assert result.returncode == 1
    assert "change STOREKEEP_HOST or STOREKEEP_PORT" in result.stderr
