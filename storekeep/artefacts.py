"""What a shop needs built before it can run, and what each part is made of."""

import asyncio
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from shop.model import Product
from storekeep.bot_environment import bot_environment, bot_python
from storekeep.build import Report, Step, build, fingerprint
from storekeep.errors import BuildFailed
from storekeep.home import Home
from storekeep.settings import ROOT, Settings

BUILD = ROOT / "build"
ENCODER = BUILD / "encoder"
UNDERSTANDING = BUILD / "understanding"
DIALOGUE = BUILD / "dialogue"
DIALOGUE_MODEL = DIALOGUE / "dialogue.tar.gz"
POLICIES = BUILD / "policies"
INTENT_EXAMPLES = ROOT / "data" / "nlu"
POLICY_PAGES = ROOT / "data" / "policies"
VOCABULARY = ROOT / "data" / "shop" / "vocabulary.yml"


def make(steps: Sequence[Step], settings: Settings, console: Console) -> None:
    """Makes those of the artefacts that are missing or out of date.

    Raises:
        BuildFailed: one could not be made.
    """
    Home(settings.home).prepare()
    build(steps, lock=BUILD / "lock", console=console)


def everything(settings: Settings) -> list[Step]:
    """Returns all artefacts, each after those it is made of."""
    return [
        encoder(settings),
        tuned_encoder(settings),
        dialogue_model(settings),
        policy_index(settings),
        demo_shop(settings),
        catalogue_index(settings),
    ]


def encoder(settings: Settings) -> Step:
    """Returns the model that turns texts into vectors."""
    return Step(
        title="Encoder",
        target=ENCODER,
        stamp=BUILD / "encoder.key",
        key=_encoder_key(settings),
        make=lambda _: _export_encoder(settings.encoder_model),
        is_final=True,
    )


def tuned_encoder(settings: Settings) -> Step:
    """Returns the encoder that learnt the examples of the intents, for understanding alone."""
    return Step(
        title="Understanding",
        target=UNDERSTANDING,
        stamp=BUILD / "understanding.key",
        key=_understanding_key(settings),
        make=lambda _: _tune_encoder(settings.encoder_model),
        is_final=True,
    )


def dialogue_model(settings: Settings) -> Step:
    """Returns what Rasa has learnt."""
    return Step(
        title="Dialogue model",
        target=DIALOGUE_MODEL,
        stamp=BUILD / "dialogue.key",
        key=fingerprint(_understanding_key(settings), files=_dialogue_files()),
        make=lambda _: _train_dialogue(),
        is_final=True,
    )


def policy_index(settings: Settings) -> Step:
    """Returns the index of the shop's policies."""
    pages = POLICY_PAGES.glob("*.md")
    return Step(
        title="Policy index",
        target=POLICIES / "current",
        stamp=BUILD / "policies.key",
        key=fingerprint(_encoder_key(settings), files=(*_index_code(), *pages)),
        make=lambda _: _index_policies(),
    )


def demo_shop(settings: Settings) -> Step:
    """Returns the shop that a home gets when it has none."""
    home, url = Home(settings.home), settings.database_url
    return Step(
        title="Demo shop",
        target=home.folder if url else home.shop_db,
        stamp=home.folder / "demo.key",
        key=_database_key(settings),
        make=lambda _: asyncio.run(_fill_empty_shop(settings)),
    )


def catalogue_index(settings: Settings) -> Step:
    """Returns the index of the shop's products."""
    home = Home(settings.home)
    return Step(
        title="Catalogue index",
        target=home.index / "current",
        stamp=home.folder / "index.key",
        key=fingerprint(
            _encoder_key(settings), _database_key(settings), files=(*_index_code(), VOCABULARY)
        ),
        make=lambda report: _index_catalogue(settings, report),
    )


def _encoder_key(settings: Settings) -> str:
    code = (ROOT / "knowledge" / f"{name}.py" for name in ("export", "encoder"))
    return fingerprint(settings.encoder_model, files=code)


def _understanding_key(settings: Settings) -> str:
    code = (ROOT / path for path in ("knowledge/tuning.py", "bot/sentences.py", "bot/entities.py"))
    return fingerprint(_encoder_key(settings), files=(*code, *INTENT_EXAMPLES.glob("*.yml")))


def _database_key(settings: Settings) -> str:
    url = settings.database_url
    return fingerprint(url.get_secret_value() if url else "")


def _export_encoder(model: str) -> None:
    from knowledge.export import export_encoder

    export_encoder(ENCODER, model=model)


def _tune_encoder(model: str) -> None:
    from bot.sentences import as_read, names_as_examples, read_examples
    from knowledge.tuning import export_tuned_encoder

    examples = read_examples(INTENT_EXAMPLES)
    examples += names_as_examples(intent for _, intent in examples)
    export_tuned_encoder(
        UNDERSTANDING,
        model=model,
        texts=[as_read(text) for text, _ in examples],
        labels=[intent for _, intent in examples],
    )


def _train_dialogue() -> None:
    DIALOGUE.mkdir(parents=True, exist_ok=True)
    log = BUILD / "dialogue.log"
    with log.open("w") as output:
        code = subprocess.call(
            (str(bot_python()), "-m", "bot.train", "--out", str(DIALOGUE)),
            cwd=ROOT,
            env=bot_environment({"STOREKEEP_ENCODER": str(UNDERSTANDING)}),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if code:
        raise BuildFailed(
            f"The dialogue model could not be trained (exit code {code}): the reason stands in {log}."
        )


def _index_policies() -> None:
    from knowledge.encoder import Encoder
    from knowledge.policies import build_policy_index

    build_policy_index(POLICIES, POLICY_PAGES, Encoder.load(ENCODER))


def _index_catalogue(settings: Settings, report: Report) -> None:
    from knowledge.catalogue import build_catalogue_index
    from knowledge.encoder import Encoder
    from knowledge.vocabulary import load_vocabulary

    products = asyncio.run(_all_products(settings))
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        done += count
        report(done, len(products))

    build_catalogue_index(
        Home(settings.home).index,
        products,
        Encoder.load(ENCODER),
        advance,
        vocabulary=load_vocabulary(VOCABULARY),
    )


async def _all_products(settings: Settings) -> list[Product]:
    from storekeep.records import open_shop

    async with open_shop(settings) as shop, shop.snapshot() as records:
        return [product async for product in records.catalogue.all()]


async def _fill_empty_shop(settings: Settings) -> None:
    """Loads the demo shop, unless there is a shop already."""
    from shop.adapters.demo import load_demo
    from storekeep.records import DEMO_SHOP, open_shop

    async with open_shop(settings) as shop:
        async with shop.snapshot() as records:
            products = await records.catalogue.count()
        if not products:
            await load_demo(shop, DEMO_SHOP, lambda: datetime.now(UTC))


def _index_code() -> Iterator[Path]:
    """Yields what decides how an index looks; the encoder has a key of its own."""
    others = ("encoder", "errors", "export")
    yield from (path for path in (ROOT / "knowledge").glob("*.py") if path.stem not in others)


def _dialogue_files() -> Iterator[Path]:
    yield ROOT / "bot" / "requirements.lock"
    for folder in ("bot", "bot/components", "bot/domain", "data/nlu", "data/rules", "data/stories"):
        for pattern in ("*.py", "*.yml"):
            yield from (ROOT / folder).glob(pattern)
