"""The people at the desk: who may log in, kept in the home with their passwords' hashes."""

import json
from dataclasses import asdict

from argon2 import PasswordHasher

from channels.config import AgentAccount
from storekeep.errors import AgentInvalid
from storekeep.home import Home, write_private

SHORTEST_PASSWORD = 10


def read_agents(home: Home) -> tuple[AgentAccount, ...]:
    """Returns who may log in."""
    if not home.agents.exists():
        return ()
    return tuple(AgentAccount(**each) for each in json.loads(home.agents.read_text()))


def add_agent(home: Home, login: str, *, name: str, password: str) -> None:
    """Lets somebody log in, or gives them another name or password.

    Raises:
        AgentInvalid: the password is short, or another agent has the name.
    """
    others = [agent for agent in read_agents(home) if agent.login != login]
    if len(password) < SHORTEST_PASSWORD:
        raise AgentInvalid(f"The password is short: take {SHORTEST_PASSWORD} characters or more.")
    if any(agent.name == name for agent in others):
        raise AgentInvalid(f"Another agent is called {name}: customers could not tell them apart.")
    hashed = PasswordHasher().hash(password)
    _keep(home, [*others, AgentAccount(login=login, name=name, password_hash=hashed)])


def remove_agent(home: Home, login: str) -> None:
    """Lets somebody log in no more.

    Raises:
        AgentInvalid: there is no such agent.
    """
    agents = read_agents(home)
    others = [agent for agent in agents if agent.login != login]
    if len(others) == len(agents):
        raise AgentInvalid(f"There is no agent {login}.")
    _keep(home, others)


def _keep(home: Home, agents: list[AgentAccount]) -> None:
    home.prepare()
    write_private(home.agents, json.dumps([asdict(agent) for agent in agents], indent=2))
