"""The home of a shop."""

import json
import stat

import pytest

from storekeep.errors import AlreadyRunning, HomeNotWritable
from storekeep.home import Home
from storekeep.processes import RunFile


@pytest.fixture
def home(tmp_path) -> Home:
    """A home that was just made."""
    home = Home(tmp_path / "shop")
    home.prepare()
    return home


def test_secrets_are_made_once_and_only_for_the_owner(home):
    """The same secrets come back, from a file that nobody else can read."""
    made = home.secrets()
    assert home.secrets() == made
    assert stat.S_IMODE((home.folder / "secrets.json").stat().st_mode) == 0o600


def test_two_homes_have_different_secrets(home, tmp_path):
    """No secret is the same for two shops."""
    other = Home(tmp_path / "other")
    other.prepare()
    mine, theirs = home.secrets(), other.secrets()
    assert mine.api_key != theirs.api_key
    assert mine.session_secret != theirs.session_secret
    assert not set(mine.agents.values()) & set(theirs.agents.values())


def test_a_home_is_held_by_one_at_a_time(home):
    """A second one is told who has it, and how to run beside it."""
    with home.held():
        RunFile(home.running).begin()
        pid = json.loads(home.running.read_text())["pid"]
        with pytest.raises(AlreadyRunning, match=rf"pid {pid}.*STOREKEEP_HOME"), home.held():
            pass
    with home.held():
        pass


def test_a_home_that_cannot_be_made_is_said(tmp_path):
    """The sentence names the setting to change."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(HomeNotWritable, match="set STOREKEEP_HOME"):
        Home(tmp_path / "file" / "shop").prepare()


def test_only_a_new_home_is_closed_to_others(home, tmp_path):
    """A folder that was there keeps the rights that its owner gave it."""
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    theirs.chmod(0o755)
    Home(theirs).prepare()
    assert stat.S_IMODE(home.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o755
