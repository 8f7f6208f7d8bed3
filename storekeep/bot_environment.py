"""The second Python environment, in which Rasa lives, and how to run something in it."""

from collections.abc import Mapping
from pathlib import Path

from storekeep.errors import EnvironmentMissing
from storekeep.settings import ROOT, child_environment

PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONUNBUFFERED": "1",
    "PYTHONPATH": str(ROOT),
}


def bot_python() -> Path:
    """Returns the Python of the Rasa environment.

    Raises:
        EnvironmentMissing: it is not there.
    """
    if not PYTHON.exists():
        raise EnvironmentMissing(
            "The Rasa environment (bot/.venv, Python 3.10) is missing: run `make setup`."
        )
    return PYTHON


def bot_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """Returns the variables for a process of the Rasa environment."""
    return child_environment({**QUIET, **extra})
