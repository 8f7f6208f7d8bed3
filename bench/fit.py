"""Whether search knows what the shop has not: finds what was asked for, and calls nothing else so.

Queries stand in `bench/queries/NAME.tsv`, written for this: each with an expression that the ids of
all products match which are what it asks for, or `-` where the shop has none. The shop is the demo
shop. A query for a thing in the shop is answered well if a product that fits is among the first ten
and is taken for one; a query for another is if nothing is taken for what was asked for.

`--choose` learns both constants of `knowledge.fit` by logistic regression from half of the queries,
tells how well they do on the other half, and prints those learnt from all. A product counts as
fitting from a probability of 0.3: calling the nearest thing what was asked for does little harm
while it is shown with its name; saying that there is none where there is one loses a customer.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from bench.report import Figure, options, report
from knowledge.catalogue import CatalogueIndex, Hit, build_catalogue_index
from knowledge.encoder import Encoder
from knowledge.fit import ENOUGH, NAMED
from knowledge.vocabulary import load_vocabulary
from shop.feeds import FeedMap, read
from shop.model import Product
from storekeep.artefacts import ENCODER, VOCABULARY
from storekeep.records import DEMO_SHOP

QUERIES = Path(__file__).parent / "queries" / "demo.tsv"
_HITS = 10
_LIKELY = 0.3


@dataclass(frozen=True, slots=True)
class Asked:
    """One query, what it found, and which of that is what it asked for."""

    query: str
    is_there: bool
    hits: Sequence[Hit]
    right: Sequence[bool]


def main() -> None:
    """Measures the shipped constants, or chooses new ones."""
    parser = options(__doc__, needs_data=False)
    parser.add_argument("--choose", action="store_true", help="learn the constants anew")
    args = parser.parse_args()
    asked = ask(QUERIES)
    rules = {"storekeep": (NAMED, ENOUGH)}
    if args.choose:
        rules["learnt from all"] = choose(asked)
        for learnt, judged in ((asked[::2], asked[1::2]), (asked[1::2], asked[::2])):
            rule = choose(learnt)
            print("Half of the queries say", *rule, "the other half:", *measure(judged, *rule))
        print("All queries say", *rules["learnt from all"])
    figures = [
        Figure(bench="fit", case=case, metric=metric, value=value)
        for case, rule in rules.items()
        for metric, value in zip(("found", "declined"), measure(asked, *rule), strict=True)
    ]
    report(f"What the shop has and has not: {len(asked)} queries", figures, args.json)


def ask(queries: Path) -> list[Asked]:
    """Returns what the demo shop finds for each query of a file."""
    rows = read([DEMO_SHOP / "products.jsonl"], "jsonl", FeedMap())
    products = [row for row in rows if isinstance(row, Product)]
    encoder = Encoder.load(ENCODER)
    lines = queries.read_text("utf-8").splitlines()
    with TemporaryDirectory() as name:
        folder = Path(name)
        build_catalogue_index(folder, products, encoder, vocabulary=load_vocabulary(VOCABULARY))
        index = CatalogueIndex.open(folder, encoder)
        return [_asked(index, *line.split("\t")) for line in lines]


def _asked(index: CatalogueIndex, query: str, fitting: str) -> Asked:
    hits = index.search(query, _HITS)
    is_there = fitting != "-"
    right = [is_there and bool(re.match(fitting, hit.product_id)) for hit in hits]
    return Asked(query, is_there, hits, right)


def measure(asked: Sequence[Asked], named: float, enough: float) -> tuple[float, float]:
    """Returns the share of things in the shop that are found, and of others that are declined."""
    found, declined = [], []
    for one in asked:
        taken = [hit.score + named * hit.named >= enough for hit in one.hits]
        if one.is_there:
            found.append(any(t and r for t, r in zip(taken, one.right, strict=True)))
        else:
            declined.append(not any(taken))
    return round(float(np.mean(found)), 3), round(float(np.mean(declined)), 3)


def choose(asked: Sequence[Asked]) -> tuple[float, float]:
    """Returns what a name is worth beside the score, and how much is enough."""
    pairs = [(hit, right) for one in asked for hit, right in zip(one.hits, one.right, strict=True)]
    features: NDArray[np.float64] = np.array([(hit.score, hit.named) for hit, _ in pairs])
    model = LogisticRegression(C=100).fit(features, [right for _, right in pairs])
    (of_score, of_name), (bias,) = model.coef_[0], model.intercept_
    return of_name / of_score, (log(_LIKELY / (1 - _LIKELY)) - bias) / of_score


if __name__ == "__main__":
    main()
