"""What a shop needs built before it can run, and what each part is made of."""

import asyncio
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from storekeep.bot_environment import bot_environment, bot_python
from storekeep.build import Step, build, fingerprint
from storekeep.errors import BuildFailed
from storekeep.home import Home
from storekeep.settings import ROOT, Settings

BUILD = ROOT / "build"
ENCODER = BUILD / "encoder"
DIALOGUE = BUILD / "dialogue"
DIALOGUE_MODEL = DIALOGUE / "dialogue.tar.gz"
POLICIES = BUILD / "policies"


def build_all(settings: Settings, console: Console) -> None:
    """Makes every artefact that is missing or out of date.

    Raises:
        BuildFailed: one could not be made.
    """
    home = Home(settings.home)
    home.prepare()
    build(steps(settings), lock=BUILD / "lock", console=console)


def steps(settings: Settings) -> list[Step]:
    """Returns all artefacts, each after those it is made of."""
    home = Home(settings.home)
    database = settings.database_url.get_secret_value() if settings.database_url else ""
    encoder_key = fingerprint(
        settings.encoder_model,
        files=(ROOT / "knowledge" / "export.py", ROOT / "knowledge" / "encoder.py"),
    )
    return [
        Step(
            title="Encoder",
            target=ENCODER,
            stamp=BUILD / "encoder.key",
            key=encoder_key,
            make=lambda _: _export_encoder(settings.encoder_model),
        ),
        Step(
            title="Dialogue model",
            target=DIALOGUE_MODEL,
            stamp=BUILD / "dialogue.key",
            key=fingerprint(encoder_key, files=_dialogue_files()),
            make=lambda _: _train_dialogue(),
        ),
        Step(
            title="Demo shop",
            target=home.folder if database else home.shop_db,
            stamp=home.folder / "demo.key",
            key=fingerprint(database),
            make=lambda _: asyncio.run(_fill_empty_shop(settings)),
        ),
    ]


def _export_encoder(model: str) -> None:
    from knowledge.export import export_encoder

    export_encoder(ENCODER, model=model)


def _train_dialogue() -> None:
    DIALOGUE.mkdir(parents=True, exist_ok=True)
    log = BUILD / "dialogue.log"
    with log.open("w") as output:
        code = subprocess.call(
            (str(bot_python()), "-m", "bot.train", "--out", str(DIALOGUE)),
            cwd=ROOT,
            env=bot_environment({"STOREKEEP_ENCODER": str(ENCODER)}),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if code:
        raise BuildFailed(
            f"The dialogue model could not be trained (exit code {code}): the reason stands in {log}."
        )


async def _fill_empty_shop(settings: Settings) -> None:
    """Loads the demo shop, unless there is a shop already."""
    from shop.adapters.demo import load_demo
    from storekeep.records import DEMO_SHOP, open_shop

    async with open_shop(settings) as shop:
        async with shop.snapshot() as records:
            products = await records.catalogue.count()
        if not products:
            await load_demo(shop, DEMO_SHOP, lambda: datetime.now(UTC))


def _dialogue_files() -> Iterator[Path]:
    yield ROOT / "bot" / "requirements.lock"
    for folder in ("bot", "bot/components", "bot/domain", "data/nlu", "data/rules", "data/stories"):
        for pattern in ("*.py", "*.yml"):
            yield from (ROOT / folder).glob(pattern)
