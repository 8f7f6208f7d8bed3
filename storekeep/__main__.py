"""The command line. Each command imports what it needs when it is used, so that help is instant."""

import errno
import sys
from typing import TYPE_CHECKING, NoReturn

import typer

from channels.errors import GatewayError
from knowledge.errors import KnowledgeError
from shop.errors import ShopError
from storekeep.errors import StorekeepError

if TYPE_CHECKING:
    from storekeep.settings import Settings

app = typer.Typer(
    help="A shop assistant that a shop runs itself.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help comes twice as fast
)
importing = typer.Typer(
    help="Takes data from elsewhere into the shop.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(importing, name="import")


@app.command()
def up() -> None:
    """Builds what is missing, runs the shop, and says where to find it. Ctrl-C stops it."""
    from rich.console import Console

    from storekeep.up import up as run

    raise typer.Exit(code=run(_settings(), Console()))


@app.command()
def build() -> None:
    """Builds what is missing or out of date: encoder, dialogue model, indexes, demo shop."""
    from rich.console import Console

    from storekeep.artefacts import build_all

    build_all(_settings(), Console())


@app.command()
def doctor() -> None:
    """Checks everything a shop needs to run and says what to do. Exit code 1: something is wrong."""
    from rich.console import Console

    from storekeep.doctor import examine

    raise typer.Exit(code=0 if examine(_settings(), Console()) else 1)


@app.command()
def parse() -> None:
    """Reads customers' lines from standard input and prints how each is understood, as JSON."""
    from storekeep.parse import parse as run

    raise typer.Exit(code=run())


@app.command()
def gateway() -> None:
    """Runs the gateway alone; `storekeep up` does it for you."""
    from storekeep.gateway import serve
    from storekeep.settings import Links, read

    serve(_settings(), read(Links))


@app.command()
def actions(port: int = 5055) -> None:
    """Runs the actions alone; `storekeep up` does it for you."""
    from storekeep.action_server import serve
    from storekeep.settings import Links, read

    serve(_settings(), read(Links), port)


def main() -> None:
    """Runs a command; what is expected to go wrong ends in one sentence, not in a traceback."""
    try:
        app()
    except (StorekeepError, ShopError, KnowledgeError, GatewayError) as error:
        _fail(str(error))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _fail(
            "The disk is full: free some space, or set STOREKEEP_HOME to a folder on another disk."
        )
    except KeyboardInterrupt:
        sys.exit(130)


def _settings() -> "Settings":
    from storekeep.settings import Settings, read

    return read(Settings)


def _fail(sentence: str) -> NoReturn:
    typer.secho(f"storekeep: {sentence}", fg="red", err=True)
    sys.exit(1)


if __name__ == "__main__":
    main()
