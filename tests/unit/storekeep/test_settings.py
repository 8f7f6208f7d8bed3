"""The settings and their mistakes."""

from ipaddress import ip_network
from pathlib import Path

import pytest

from storekeep.errors import SettingsInvalid
from storekeep.settings import ROOT, Links, Settings, read


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch, tmp_path):
    """No setting comes from the machine the tests run on."""
    for kind in (Settings, Links):
        monkeypatch.setitem(kind.model_config, "env_file", None)
        for name in kind.model_fields:
            monkeypatch.delenv(f"STOREKEEP_{name.upper()}", raising=False)


def test_nothing_listens_beyond_this_machine_by_default():
    """Without any setting the shop runs on 127.0.0.1:8080 with its state in var/."""
    settings = read(Settings)
    assert (settings.host, settings.port, settings.home) == ("127.0.0.1", 8080, ROOT / "var")


def test_a_relative_home_becomes_absolute(monkeypatch):
    """Children run elsewhere and still find it."""
    monkeypatch.setenv("STOREKEEP_HOME", "elsewhere")
    assert read(Settings).home == Path.cwd() / "elsewhere"


def test_origins_are_separated_by_commas(monkeypatch):
    """Blanks and a trailing slash do not matter."""
    monkeypatch.setenv("STOREKEEP_ALLOWED_ORIGINS", "https://a.example/, https://b.example")
    assert read(Settings).allowed_origins == ("https://a.example", "https://b.example")


def test_trusted_proxies_are_networks_separated_by_commas(monkeypatch):
    """One address is a network of its own."""
    monkeypatch.setenv("STOREKEEP_TRUSTED_PROXIES", "10.0.0.0/8, ::1")
    assert read(Settings).trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1/128"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STOREKEEP_TRUSTED_PROXIES", "proxy.example"),
        ("STOREKEEP_PORT", "eighty"),
        ("STOREKEEP_PORT", "70000"),
        ("STOREKEEP_DATABASE_URL", "mysql://host/name"),
        ("STOREKEEP_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch, name, value):
    """The sentence begins with the variable, and never repeats what may be a secret."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsInvalid, match=f"^{name}: ") as caught:
        read(Settings)
    assert value not in str(caught.value)


def test_a_missing_link_is_named():
    """A gateway started by hand without its secret says which variable it needs."""
    with pytest.raises(SettingsInvalid, match="STOREKEEP_RASA_TOKEN: Field required"):
        read(Links)
