"""What `storekeep up` tells once the shop is ready: where everything is, and who may log in."""

from collections.abc import Iterator

from rich.panel import Panel
from rich.table import Table

from storekeep.agents import read_agents
from storekeep.home import Home, Secrets
from storekeep.ports import web_address
from storekeep.settings import Settings


def welcome(settings: Settings, home: Home, secrets: Secrets, *, is_demo: bool) -> Panel:
    """Returns the lines to show; passwords are those of the demo only."""
    address = web_address(settings.host, settings.port)
    key = settings.api_key.get_secret_value() if settings.api_key else secrets.api_key
    table = Table.grid(padding=(0, 2))
    if is_demo:
        table.add_row("Shop with chat", f"{address}/")
        table.add_row("Try", "Where is my order SK-1001? My e-mail is ada@example.com")
    table.add_row("Desk", f"{address}/desk/")
    for line in _agents(home, secrets, is_demo=is_demo):
        table.add_row("", line)
    table.add_row("HTTP API key", key)
    table.add_row("Logs", str(home.logs))
    return Panel(table, title="Storekeep is ready", subtitle="Ctrl-C stops", expand=False)


def _agents(home: Home, secrets: Secrets, *, is_demo: bool) -> Iterator[str]:
    own = [agent.login for agent in read_agents(home)]
    yield from own
    if is_demo:
        for login, password in secrets.agents.items():
            if login not in own:
                yield f"{login} / {password}"
    elif not own:
        yield "nobody may log in yet: storekeep agent add LOGIN --name NAME"
