"""The assistant as it runs: the trained model, the real action server, the demo shop."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
import yaml

from shop.adapters.outbox import latest
from shop.policy import load_policy
from storekeep.home import Home
from storekeep.ports import free_ports
from storekeep.records import POLICIES
from storekeep.settings import ROOT

TOKEN = "t" * 32


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Home:
    """A home of its own, whose shop sends one customer as many codes as there are conversations."""
    home = Home(tmp_path_factory.mktemp("home"))
    policy = load_policy(POLICIES["demo"]).model_dump(mode="json")
    policy["codes"]["sent_per_address"] = 1000
    home.policy.write_text(yaml.safe_dump(policy), encoding="utf-8")
    return home


@pytest.fixture(scope="session")
def mailed_code(home):
    """Reads the code in the latest mail."""

    def mailed_code() -> str:
        (mail,) = latest(home.mails, 1)
        return mail.subject.rpartition(" ")[2]

    return mailed_code


@pytest.fixture(scope="session")
def actions_url(home, wait_for_answer) -> Iterator[str]:
    """Our action server on that home."""
    (port,) = free_ports(1)
    environment = {**os.environ, "STOREKEEP_HOME": str(home.folder), "STOREKEEP_RASA_TOKEN": TOKEN}
    storekeep = (sys.executable, "-m", "storekeep")
    subprocess.run((*storekeep, "build"), cwd=ROOT, env=environment, check=True)
    with (home.folder / "actions.log").open("wb") as log:
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
