"""Who may log in at the desk of a shop."""

import stat

import pytest
from argon2 import PasswordHasher

from storekeep.agents import add_agent, read_agents, remove_agent
from storekeep.errors import AgentInvalid
from storekeep.home import Home

PASSWORD = "a long password"


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home")


def test_a_new_home_has_no_agent(home):
    """Nobody may log in before somebody was let in."""
    assert read_agents(home) == ()


def test_an_agent_is_kept_without_the_password(home):
    """Only its hash is in the file, and only the owner reads that."""
    add_agent(home, "mia", name="Mia", password=PASSWORD)

    [mia] = read_agents(home)
    assert (mia.login, mia.name) == ("mia", "Mia")
    assert PasswordHasher().verify(mia.password_hash, PASSWORD)
    assert PASSWORD not in home.agents.read_text()
    assert stat.S_IMODE(home.agents.stat().st_mode) == 0o600


def test_an_agent_gets_another_password(home):
    """The same login again replaces what was kept."""
    add_agent(home, "mia", name="Mia", password=PASSWORD)
    add_agent(home, "mia", name="Mia M.", password="another password")

    [mia] = read_agents(home)
    assert mia.name == "Mia M."
    assert PasswordHasher().verify(mia.password_hash, "another password")


def test_who_was_removed_is_gone(home):
    """And nobody else is."""
    add_agent(home, "mia", name="Mia", password=PASSWORD)
    add_agent(home, "tom", name="Tom", password=PASSWORD)
    remove_agent(home, "mia")

    assert [agent.login for agent in read_agents(home)] == ["tom"]
    with pytest.raises(AgentInvalid, match="no agent mia"):
        remove_agent(home, "mia")


@pytest.mark.parametrize(("name", "password"), [("Mia", PASSWORD), ("Tom", "short")])
def test_a_name_of_another_and_a_short_password_are_refused(home, name, password):
    """Nothing is kept of it."""
    add_agent(home, "mia", name="Mia", password=PASSWORD)
    with pytest.raises(AgentInvalid):
        add_agent(home, "tom", name=name, password=password)
    assert len(read_agents(home)) == 1
