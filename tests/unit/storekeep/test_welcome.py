"""What is told of a shop that is ready."""

import io

import pytest
from rich.console import Console

from storekeep.agents import add_agent
from storekeep.home import Home
from storekeep.settings import Settings
from storekeep.welcome import welcome


@pytest.fixture
def told(tmp_path):
    """Returns the text that is shown, and the home it is about."""
    home = Home(tmp_path)
    home.prepare()
    settings = Settings(home=tmp_path, host="::", port=8080, api_key=None)

    def tell(*, is_demo):
        console = Console(file=io.StringIO(), width=200)
        console.print(welcome(settings, home, home.secrets(), is_demo=is_demo))
        return console.file.getvalue()

    return home, tell


def test_a_demo_tells_its_passwords(told):
    """Whoever tries it out can log in, and knows what to ask."""
    home, tell = told
    text = tell(is_demo=True)
    assert all(f"{login} / {word}" in text for login, word in home.secrets().agents.items())
    assert "http://[::1]:8080/desk/" in text
    assert "SK-1001" in text


def test_a_real_shop_tells_how_to_let_somebody_in(told):
    """No password is shown, and no page that is not there."""
    home, tell = told
    text = tell(is_demo=False)
    assert "storekeep agent add" in text
    assert not any(word in text for word in home.secrets().agents.values())
    assert "Shop with chat" not in text


def test_who_was_let_in_is_named(told):
    """Without a password: nobody but they knows it."""
    home, tell = told
    add_agent(home, "mia", name="Mia", password="a long password")
    text = tell(is_demo=False)
    assert "mia" in text
    assert "storekeep agent add" not in text
    assert "a long password" not in text
