"""`storekeep up`: builds what is missing, runs every process, and says where to find the shop."""

import asyncio
import secrets
import signal
import subprocess
import sys

from rich.console import Console

from storekeep.artefacts import DIALOGUE_MODEL, UNDERSTANDING
from storekeep.bot_environment import QUIET, bot_python
from storekeep.demo import is_demo
from storekeep.home import Home, Secrets
from storekeep.ports import LOOPBACK, check_port, free_ports, web_address
from storekeep.processes import RunFile
from storekeep.records import open_shop
from storekeep.settings import Settings
from storekeep.supervisor import Service, Supervisor
from storekeep.welcome import welcome

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def up(settings: Settings, console: Console) -> int:
    """Runs a whole shop in the foreground until Ctrl-C and returns the exit code."""
    home = Home(settings.home)
    home.prepare()
    with home.held():
        record = RunFile(home.running)
        if left := record.begin():
            console.print(f"Ended {left} processes that an earlier run had left behind.")
        check_port(settings.host, settings.port)
        bot_python()
        home_secrets = home.secrets()
        # a process of its own, because what exporting and indexing load would stay in memory
        if code := subprocess.call((sys.executable, "-m", "storekeep", "build")):
            return code
        asyncio.run(_supervise(settings, home, home_secrets, record, console))
        record.finish()
    return 0


def services(settings: Settings, home: Home) -> list[Service]:
    """Returns the processes of a shop, with fresh inner ports and a fresh inner secret."""
    actions_port, rasa_port = free_ports(2)
    rasa_url, token = f"http://{LOOPBACK}:{rasa_port}", secrets.token_urlsafe(32)
    links = {
        "STOREKEEP_HOME": str(home.folder),
        "STOREKEEP_RASA_URL": rasa_url,
        "STOREKEEP_RASA_TOKEN": token,
        "STOREKEEP_ACTIONS_URL": f"http://{LOOPBACK}:{actions_port}/webhook",
    }
    own = (sys.executable, "-m", "storekeep")
    return [
        Service(
            name="actions",
            command=(*own, "actions", "--port", str(actions_port)),
            environment=links,
            ready_url=f"http://{LOOPBACK}:{actions_port}/health",
        ),
        Service(
            name="rasa",
            command=(str(bot_python()), "-m", "bot.server", "--port", str(rasa_port)),
            environment={
                **QUIET,
                **links,
                "STOREKEEP_TRACKER_DB": str(home.tracker_db),
                "STOREKEEP_MODEL": str(DIALOGUE_MODEL),
                "STOREKEEP_ENCODER": str(UNDERSTANDING),
            },
            ready_url=f"{rasa_url}/webhooks/storekeep/ready",
            headers={"Authorization": f"Bearer {token}"},
        ),
        Service(
            name="gateway",
            command=(*own, "gateway"),
            environment=links,
            ready_url=f"{web_address(settings.host, settings.port)}/readyz",
            before_start=lambda: check_port(settings.host, settings.port),
        ),
    ]


async def _supervise(
    settings: Settings, home: Home, home_secrets: Secrets, record: RunFile, console: Console
) -> None:
    status = console.status("Starting the processes…")
    async with open_shop(settings) as shop:
        demo = await is_demo(settings, shop)
    supervisor = Supervisor(
        services(settings, home), logs=home.logs, record=record, say=console.print
    )

    def ready() -> None:
        status.stop()
        console.print(welcome(settings, home, home_secrets, is_demo=demo))

    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, supervisor.stop)
    with status:
        await supervisor.run(ready)
    console.print("Stopped.")
