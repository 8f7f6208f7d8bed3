"""What the Rasa environment is told by whoever starts it. Nothing else here reads the environment."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def encoder_folder() -> Path:
    """Returns the folder of the encoder that was tuned to the intents (STOREKEEP_ENCODER)."""
    return Path(os.environ.get("STOREKEEP_ENCODER", ROOT / "build" / "understanding"))


def model_file() -> Path:
    """Returns the trained model (STOREKEEP_MODEL)."""
    return Path(os.environ.get("STOREKEEP_MODEL", ROOT / "build" / "dialogue" / "dialogue.tar.gz"))


def tracker_database() -> Path:
    """Returns the SQLite file that holds the dialogues (STOREKEEP_TRACKER_DB)."""
    return Path(os.environ.get("STOREKEEP_TRACKER_DB", ROOT / "var" / "tracker.db"))


def actions_url() -> str:
    """Returns the action server's webhook (STOREKEEP_ACTIONS_URL)."""
    return os.environ.get("STOREKEEP_ACTIONS_URL", "http://127.0.0.1:5055/webhook")


def token() -> str:
    """Returns the secret that callers must show (STOREKEEP_RASA_TOKEN).

    Raises:
        SystemExit: it is not set; there is no default for a secret.
    """
    try:
        return os.environ["STOREKEEP_RASA_TOKEN"]
    except KeyError:
        raise SystemExit("Set STOREKEEP_RASA_TOKEN to the secret that the gateway shows.") from None
