"""Intents from few examples: what the shipped understanding makes of sentences nobody here wrote.

DATA holds sets in folders (`BANKING77`, `CLINC150`), each with `train_10` (ten examples of each
intent) and `test`, and in those the files `seq.in` (one sentence a line) and `label`. The shipped
parts are trained on `train_10` with the settings of `bot/config.yml`: `bot.sentences` makes
vectors, `bot.intents` tells them apart. `accuracy` counts the best intent of each test sentence,
accepted or not.

With `--file` the trained assistant itself is asked: each line of the file is a sentence, a tab and
the name of its intent; `accuracy` is then the share understood, `wrong_share` the share that the
bot would act on wrongly.

The anchors are published results with ten examples (RoBERTa and CPFT fine-tuned, ICDA with
generated examples).
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml

from bench.report import Figure, options, report
from bot.intents import IntentModel, Thresholds
from bot.parse import Parser
from bot.sentences import names_as_examples, sentence_vectors
from knowledge.encoder import Encoder
from storekeep.artefacts import DIALOGUE_MODEL, ENCODER
from storekeep.settings import ROOT

_ANCHORS = {
    "BANKING77": {"roberta": 0.843, "cpft": 0.872, "icda": 0.898},
    "CLINC150": {"cpft": 0.942, "icda": 0.948},
}


def main() -> None:
    """Trains on each set, scores it, and prints the anchors beside."""
    parser = options(__doc__)
    parser.add_argument("--part", default="test", help="what to score: test, or valid to choose by")
    parser.add_argument("--file", type=Path, help="sentences and intents for the trained assistant")
    arguments = parser.parse_args()
    encoder = Encoder.load(ENCODER)
    figures = [*_own(arguments.file)] if arguments.file else []
    for folder in sorted(path for path in arguments.data.iterdir() if path.name in _ANCHORS):
        accuracy = _accuracy(folder, arguments.part, encoder)
        for case, value in {"storekeep": accuracy, **_ANCHORS[folder.name]}.items():
            figures.append(_figure(f"{case} on {folder.name}", "accuracy", value))
    report("Intents, ten examples each", figures, arguments.json)


def _accuracy(folder: Path, part: str, encoder: Encoder) -> float:
    examples = [*zip(*_examples(folder / "train_10"), strict=True)]
    examples += names_as_examples(intent for _, intent in examples)
    texts, intents = zip(*examples, strict=True)
    settings = yaml.safe_load((ROOT / "bot" / "config.yml").read_text("utf-8"))["pipeline"][-1]
    model = IntentModel.fit(
        sentence_vectors(texts, encoder),
        intents,
        strength=settings["strength"],
        thresholds=Thresholds(settings["confidence"], settings["margin"], settings["familiarity"]),
    )
    asked, meant = _examples(folder / part)
    best = [model.understand(each).ranking[0][0] for each in sentence_vectors(asked, encoder)]
    return float(np.mean([a == b for a, b in zip(best, meant, strict=True)]))


def _own(file: Path) -> Iterator[Figure]:
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines() if line.strip()]
    parser = Parser.load(DIALOGUE_MODEL, Encoder.load(ENCODER))
    parsed = [(parser.parse(text), intent) for text, intent in lines]
    right = [each["intent"] == intent for each, intent in parsed]
    wrong = [each["accepted"] and each["intent"] != intent for each, intent in parsed]
    yield _figure(f"storekeep on {file.name}", "accuracy", float(np.mean(right)))
    yield _figure(f"storekeep on {file.name}", "wrong_share", float(np.mean(wrong)))


def _examples(folder: Path) -> tuple[list[str], list[str]]:
    texts, labels = ((folder / name).read_text("utf-8") for name in ("seq.in", "label"))
    return texts.splitlines(), labels.splitlines()


def _figure(case: str, metric: str, value: float) -> Figure:
    return Figure(bench="intents", case=case, metric=metric, value=value)


if __name__ == "__main__":
    main()
