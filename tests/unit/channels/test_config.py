"""The gateway's configuration refuses what could not work."""

import pytest

from channels.config import AgentAccount, GatewayConfig


@pytest.mark.parametrize(("login", "name"), [("anna", "Bea"), ("bea", "Anna")])
def test_agents_cannot_be_confused(login, name) -> None:
    """Log-ins and names are unique, because a conversation belongs to a name."""
    agents = (
        AgentAccount(login="anna", name="Anna", password_hash="x"),
        AgentAccount(login=login, name=name, password_hash="x"),
    )
    with pytest.raises(ValueError, match="Two agents"):
        GatewayConfig(api_key="k", session_secret=b"s", agents=agents)
