"""The assistant as it runs: the trained model, the real action server, the demo shop."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from storekeep.ports import free_ports
from storekeep.settings import ROOT

TOKEN = "t" * 32


@pytest.fixture(scope="session")
def actions_url(tmp_path_factory, wait_for_answer) -> Iterator[str]:
    """Our action server, on a home of its own."""
    home, (port,) = tmp_path_factory.mktemp("home"), free_ports(1)
    environment = {**os.environ, "STOREKEEP_HOME": str(home), "STOREKEEP_RASA_TOKEN": TOKEN}
    storekeep = (sys.executable, "-m", "storekeep")
    subprocess.run((*storekeep, "build"), cwd=ROOT, env=environment, check=True)
    with (home / "actions.log").open("wb") as log:
        process = subprocess.Popen(
            (*storekeep, "actions", "--port", str(port)),
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for_answer(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}/webhook"
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="session")
def assistant(actions_url, start_rasa):
    """Rasa with our actions."""
    return start_rasa(actions_url, TOKEN)


@pytest.fixture(scope="session")
def token() -> str:
    """The secret between Rasa and the actions."""
    return TOKEN
