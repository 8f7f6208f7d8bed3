"""`storekeep parse`: how the bot understands lines of text, without a running shop."""

import subprocess

from storekeep.artefacts import DIALOGUE_MODEL, UNDERSTANDING
from storekeep.bot_environment import bot_environment, bot_python
from storekeep.settings import ROOT


def parse() -> int:
    """Passes standard input through the model to standard output and returns the exit code."""
    variables = {"STOREKEEP_MODEL": str(DIALOGUE_MODEL), "STOREKEEP_ENCODER": str(UNDERSTANDING)}
    return subprocess.call(
        (str(bot_python()), "-m", "bot.parse"), cwd=ROOT, env=bot_environment(variables)
    )
