"""Intents from few examples: what the shipped understanding makes of sentences nobody here wrote.

DATA holds sets in folders (`BANKING77`, `CLINC150`), each with `train_10` (ten examples of each
intent) and `test`, and in those the files `seq.in` (one sentence a line) and `label`. The shipped
parts learn `train_10` with the settings of `bot/config.yml`: `knowledge.tuning` teaches the
encoder, `bot.sentences` makes vectors, `bot.intents` tells them apart. `accuracy` counts the best
intent of each test sentence, accepted or not.

Out of scope is measured where a set has `train` and a folder `oos` with `train`, `valid` and
`test`: sentences of no intent. All of `train` is learnt, with `oos/train` as examples of
out_of_scope. The least in-scope score that passes is chosen on `valid` and `oos/valid`: the
greatest that keeps an `in_scope_accuracy` of .95 there. With it, `in_scope_accuracy` is the share
of the test sentences that pass and are told rightly, `oos_recall` the share of the others that
does not pass; `auroc` needs no threshold.

With `--file` the trained assistant itself is asked: each line of the file is a sentence, a tab and
the name of its intent; `accuracy` is then the share understood, `wrong_share` the share that the
bot would act on wrongly.

The anchors are published results (RoBERTa and CPFT fine-tuned on ten examples, ICDA with generated
ones; out of scope, classifiers that learnt all of CLINC150).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from bench.report import Figure, options, progress, report
from bot.intents import OUT_OF_SCOPE, IntentModel, Thresholds, Understanding
from bot.parse import Parser
from bot.sentences import as_read, names_as_examples, sentence_vectors
from knowledge.encoder import Encoder
from knowledge.export import PACKAGED_MODEL
from knowledge.tuning import export_tuned_encoder
from storekeep.artefacts import DIALOGUE_MODEL, UNDERSTANDING
from storekeep.settings import ROOT

_FEW = {
    "BANKING77": {"roberta": 0.843, "cpft": 0.872, "icda": 0.898},
    "CLINC150": {"cpft": 0.942, "icda": 0.948},
}
_FOREIGN = {
    "rasa": {"in_scope_accuracy": 0.915, "oos_recall": 0.453},
    "bert": {"in_scope_accuracy": 0.969, "oos_recall": 0.403},
    "mlp": {"in_scope_accuracy": 0.934, "oos_recall": 0.491},
}
_KEPT = 0.95  # in-scope accuracy that the threshold keeps on the validation data

Line = tuple[str, str]
Scores = NDArray[np.float64]
Truths = NDArray[np.bool_]


def main() -> None:
    """Trains on each set, scores it, and prints the anchors beside."""
    parser = options(__doc__)
    parser.add_argument("--part", default="test", help="what to score: test, or valid to choose by")
    parser.add_argument("--file", type=Path, help="sentences and intents for the trained assistant")
    arguments = parser.parse_args()
    figures = [*_own(arguments.file)] if arguments.file else []
    folders = sorted(path for path in arguments.data.iterdir() if path.name in _FEW)
    with progress() as bar:
        for folder in bar.track(folders, description="Ten examples"):
            figures += _few(folder, arguments.part)
        foreign = [folder for folder in folders if (folder / "oos").exists()]
        for folder in bar.track(foreign, description="Out of scope"):
            figures += _out_of_scope(folder, arguments.part)
    report("Intents", figures, arguments.json)


@dataclass(frozen=True)
class Learnt:
    """What the shipped parts learnt of some examples."""

    encoder: Encoder
    model: IntentModel

    @classmethod
    def of(cls, lines: list[Line]) -> "Learnt":
        """Tunes an encoder and fits a model as the build and the training do."""
        lines = lines + names_as_examples(intent for _, intent in lines)
        with TemporaryDirectory() as name:
            folder = Path(name) / "encoder"
            export_tuned_encoder(
                folder,
                model=PACKAGED_MODEL,
                texts=[as_read(text) for text, _ in lines],
                labels=[intent for _, intent in lines],
            )
            encoder = Encoder.load(folder)
        settings = classifier_settings()
        model = IntentModel.fit(
            sentence_vectors([text for text, _ in lines], encoder),
            lines,
            strength=settings["strength"],
            closeness=settings["closeness"],
            thresholds=Thresholds(
                settings["confidence"], settings["margin"], settings["familiarity"]
            ),
        )
        return cls(encoder, model)

    def understand(self, texts: list[str]) -> list[Understanding]:
        """Returns how each text is understood."""
        return [self.model.understand(each) for each in sentence_vectors(texts, self.encoder)]


def classifier_settings() -> dict[str, Any]:
    """Returns the classifier's part of the shipped pipeline."""
    config = yaml.safe_load((ROOT / "bot" / "config.yml").read_text("utf-8"))
    settings: dict[str, Any] = config["pipeline"][-1]
    return settings


def _few(folder: Path, part: str) -> Iterator[Figure]:
    learnt, asked = Learnt.of(_labelled(folder / "train_10")), _labelled(folder / part)
    accuracy = _right(learnt.understand([text for text, _ in asked]), asked).mean()
    for case, value in {"storekeep": float(accuracy), **_FEW[folder.name]}.items():
        yield _figure(f"{case}, {folder.name}, ten examples", "accuracy", value)


def _out_of_scope(folder: Path, part: str) -> Iterator[Figure]:
    foreign = [(text, OUT_OF_SCOPE) for text in _texts(folder / "oos" / "train")]
    learnt = Learnt.of(_labelled(folder / "train") + foreign)
    least = _least_score(*_judged(learnt, folder, "valid")[:2])
    own, is_right, others = _judged(learnt, folder, part)
    values = {
        "in_scope_accuracy": float(((own >= least) & is_right).mean()),
        "oos_recall": float((others < least).mean()),
        "auroc": float(
            roc_auc_score(np.arange(len(own) + len(others)) < len(own), [*own, *others])
        ),
    }
    for case, metrics in {"storekeep": values, **_FOREIGN}.items():
        for metric, value in metrics.items():
            yield _figure(f"{case}, {folder.name}, out of scope", metric, value)


def _judged(learnt: Learnt, folder: Path, part: str) -> tuple[Scores, Truths, Scores]:
    """Returns the scores of the own sentences, whether each is told rightly, and the others' scores."""
    asked = _labelled(folder / part)
    own = learnt.understand([text for text, _ in asked])
    others = learnt.understand(_texts(folder / "oos" / part))
    return (
        np.array([each.in_scope for each in own]),
        _right(own, asked),
        np.array([each.in_scope for each in others]),
    )


def _least_score(own: Scores, is_right: Truths) -> float:
    """Returns the greatest score that enough of the own sentences reach and are told rightly."""
    reached = np.sort(np.where(is_right, own, -np.inf))[::-1]
    return float(reached[int(np.ceil(_KEPT * len(own))) - 1])


def _right(understood: list[Understanding], asked: list[Line]) -> Truths:
    return np.array(
        [each.ranking[0][0] == intent for each, (_, intent) in zip(understood, asked, strict=True)]
    )


def _own(file: Path) -> Iterator[Figure]:
    lines = [line.split("\t") for line in file.read_text("utf-8").splitlines() if line.strip()]
    parser = Parser.load(DIALOGUE_MODEL, Encoder.load(UNDERSTANDING))
    parsed = [(parser.parse(text), intent) for text, intent in lines]
    right = [each["intent"] == intent for each, intent in parsed]
    wrong = [each["accepted"] and each["intent"] != intent for each, intent in parsed]
    yield _figure(f"storekeep, {file.name}", "accuracy", float(np.mean(right)))
    yield _figure(f"storekeep, {file.name}", "wrong_share", float(np.mean(wrong)))


def _labelled(folder: Path) -> list[Line]:
    return [*zip(_texts(folder), (folder / "label").read_text("utf-8").splitlines(), strict=True)]


def _texts(folder: Path) -> list[str]:
    return (folder / "seq.in").read_text("utf-8").splitlines()


def _figure(case: str, metric: str, value: float) -> Figure:
    return Figure(bench="intents", case=case, metric=metric, value=value)


if __name__ == "__main__":
    main()
