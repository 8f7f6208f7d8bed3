"""Trains the assistant: `python -m bot.train --out FOLDER` writes FOLDER/dialogue.tar.gz."""

import argparse
import logging
import os
import tempfile
import warnings
from pathlib import Path

from bot.settings import ROOT

MODEL_NAME = "dialogue"
TRAINING_DATA = ("nlu", "rules", "stories")


def main() -> None:
    """Trains from config, domain and data of this project and prints where the model is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "dialogue")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    print(train(out))


def train(out: Path) -> Path:
    """Returns the trained model; an earlier one is replaced only by a whole one."""
    _quieten()
    from rasa.model_training import train as train_with_rasa

    data = [ROOT / "data" / name for name in TRAINING_DATA]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        result = train_with_rasa(
            domain=str(ROOT / "bot" / "domain"),
            config=str(ROOT / "bot" / "config.yml"),
            training_files=[str(path) for path in data if path.exists()],
            output=folder,
            fixed_model_name=MODEL_NAME,
            force_training=True,  # Rasa's cache does not notice another encoder
        )
        if result.code or not result.model:
            raise SystemExit("Rasa could not train the assistant: see the lines above.")
        return Path(result.model).replace(out / Path(result.model).name)


def _quieten() -> None:
    os.environ.update(RASA_TELEMETRY_ENABLED="false", TF_CPP_MIN_LOG_LEVEL="3")
    warnings.filterwarnings("ignore", module="(?!bot)")
    logging.basicConfig(level=logging.WARNING)


if __name__ == "__main__":
    main()
