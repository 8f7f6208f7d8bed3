"""The doctor names each fault and its remedy."""

import io
import json
import socket
from collections import namedtuple

import pytest
from rich.console import Console

from storekeep import bot_environment, doctor
from storekeep.home import Home
from storekeep.settings import Settings

DiskUsage = namedtuple("DiskUsage", "total used free")


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    """A shop that was never built."""
    monkeypatch.setenv("STOREKEEP_HOME", str(tmp_path / "home"))
    return Settings()


@pytest.fixture
def examined(settings, monkeypatch):
    """Has one subject examined; returns whether a shop can run, and what is printed."""

    def examine(subject: str, settings: Settings = settings) -> tuple[bool, str]:
        printed = io.StringIO()
        monkeypatch.setattr(doctor, "CHECKS", {subject: doctor.CHECKS[subject]})
        good = doctor.examine(settings, Console(file=printed, width=200))
        return good, printed.getvalue()

    return examine


def test_a_home_in_order_is_fine(examined):
    """It says where the home is."""
    good, printed = examined("Home")
    assert good
    assert printed.startswith("✓ Home")


def test_a_disk_nearly_full_is_a_fault(examined, monkeypatch):
    """The remedy is more space, or another home."""
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: DiskUsage(10**9, 10**9, 10**6))
    good, printed = examined("Home")
    assert not good
    assert "1 MB are free" in printed
    assert "set STOREKEEP_HOME" in printed


def test_a_home_that_others_can_read_is_worth_knowing(examined, settings):
    """It is no fault, for the owner may have meant it."""
    Home(settings.home).prepare()
    settings.home.chmod(0o755)
    good, printed = examined("Home")
    assert good
    assert f"chmod 700 {settings.home}" in printed


def test_a_busy_port_is_a_fault(examined, settings):
    """The remedy is the other program's end, or another port."""
    Home(settings.home).prepare()
    with socket.create_server(("127.0.0.1", 0)) as other:
        busy = settings.model_copy(update={"port": other.getsockname()[1]})
        good, printed = examined("Port", busy)
    assert not good
    assert "set STOREKEEP_PORT" in printed


def test_a_shop_that_runs_already_is_fine(examined, settings):
    """Its port is busy because of itself."""
    home = Home(settings.home)
    home.prepare()
    with home.held():
        good, printed = examined("Port")
    assert good
    assert "this home's shop is running" in printed


def test_a_missing_environment_is_a_fault(examined, tmp_path, monkeypatch):
    """Python 3.10 is named, and the command that fetches it."""
    monkeypatch.setattr(bot_environment, "PYTHON", tmp_path / "none")
    good, printed = examined("Rasa")
    assert not good
    assert "Python 3.10" in printed
    assert "`make setup`" in printed


def test_a_damaged_encoder_is_a_fault(examined, tmp_path, monkeypatch):
    """A file whose sum is wrong is to be removed and built again."""
    (tmp_path / "encoder.json").write_text(json.dumps({"model": "any", "sha256": "0" * 64}))
    (tmp_path / "model.onnx").write_bytes(b"half of it")
    monkeypatch.setattr(doctor, "ENCODER", tmp_path)
    good, printed = examined("Encoder")
    assert not good
    assert "`storekeep build`" in printed


def test_a_broken_model_is_a_fault(examined, tmp_path, monkeypatch):
    """A model that cannot be loaded is to be removed and built again."""
    model = tmp_path / "dialogue.tar.gz"
    model.write_bytes(b"not a model")
    (tmp_path / "python").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python").chmod(0o700)
    monkeypatch.setattr(doctor, "DIALOGUE_MODEL", model)
    monkeypatch.setattr(bot_environment, "PYTHON", tmp_path / "python")
    good, printed = examined("Dialogue model")
    assert not good
    assert f"{model} cannot be used: remove it and run `storekeep build`" in printed


def test_a_damaged_database_is_a_fault(examined, settings):
    """The file is named, and that a backup is needed."""
    home = Home(settings.home)
    home.prepare()
    home.gateway_db.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
    good, printed = examined("Database")
    assert not good
    assert f"{home.gateway_db} is damaged" in printed
    assert "restore it from a backup" in printed


def test_what_the_next_start_makes_is_no_fault(examined):
    """A shop that was never started lacks its database, and that is all right."""
    good, printed = examined("Database")
    assert good
    assert "not made yet" in printed
