"""The command line. Each command imports what it needs when it is used, so that help is instant."""

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from channels.errors import GatewayError
from knowledge.errors import KnowledgeError
from shop.errors import ShopError
from storekeep.errors import StorekeepError

if TYPE_CHECKING:
    from storekeep.settings import Settings

Format = Literal["icecat", "shopify", "google-merchant", "csv", "jsonl"]

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
exporting = typer.Typer(
    help="Writes the shop's data for others.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(exporting, name="export")
agents = typer.Typer(
    help="Says who may log in at the desk.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(agents, name="agent")


@app.command()
def up() -> None:
    """Builds what is missing, runs the shop, and says where to find it. Ctrl-C stops it."""
    from rich.console import Console

    from storekeep.up import up as run

    raise typer.Exit(code=run(_settings(), Console()))


@app.command()
def build() -> None:
    """Builds what is missing or out of date, and ends."""
    from rich.console import Console

    from storekeep.artefacts import everything, make

    settings = _settings()
    make(everything(settings), settings, Console())


@app.command()
def doctor() -> None:
    """Checks the installation and says what to do about each fault."""
    from rich.console import Console

    from storekeep.doctor import examine

    raise typer.Exit(code=0 if examine(_settings(), Console()) else 1)


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What a customer would write.")],
    top: Annotated[int, typer.Option(help="How many products at most.", min=1)] = 10,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON array.")] = False,
) -> None:
    """Finds products as the bot would."""
    from rich.console import Console

    from storekeep.artefacts import catalogue_index, demo_shop, encoder, make
    from storekeep.search import search_command

    settings = _settings()
    steps = [encoder(settings), demo_shop(settings), catalogue_index(settings)]
    make(steps, settings, Console(stderr=True))
    search_command(query, top, settings, Console(), as_json=as_json)


@app.command()
def parse() -> None:
    """Reads lines of text and prints how the bot understands each, as JSON."""
    from rich.console import Console

    from storekeep.artefacts import dialogue_model, make, tuned_encoder
    from storekeep.parse import parse as run

    settings = _settings()
    make([tuned_encoder(settings), dialogue_model(settings)], settings, Console(stderr=True))
    raise typer.Exit(code=run())


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="What a customer wrote.")],
    conversation: Annotated[
        str | None, typer.Option(help="Id of the conversation whose orders it may speak of.")
    ] = None,
) -> None:
    """Shows why the bot understands a text as it does."""
    from rich.console import Console

    from storekeep.artefacts import dialogue_model, make, tuned_encoder
    from storekeep.explain import explain as run

    settings, console = _settings(), Console()
    make([tuned_encoder(settings), dialogue_model(settings)], settings, console)
    run(text, conversation, settings, console)


@importing.command()
def products(
    files: Annotated[list[Path], typer.Argument(help="What to read.", exists=True)],
    file_format: Annotated[Format, typer.Option("--format", help="How the files are written.")],
    feed_map: Annotated[
        Path | None,
        typer.Option("--map", help="YAML file that says what the feed does not.", exists=True),
    ] = None,
) -> None:
    """Takes a catalogue into the shop. Exit code 1: some rows were bad, the rest is in."""
    from rich.console import Console

    from storekeep.artefacts import encoder, make
    from storekeep.catalogue import import_products

    settings, console = _settings(), Console()
    make([encoder(settings)], settings, console)
    raise typer.Exit(code=import_products(files, file_format, feed_map, settings, console))


@importing.command("tau2")
def import_tau2(
    file: Annotated[Path, typer.Argument(help="Its db.json.", exists=True, dir_okay=False)],
    policy: Annotated[
        str, typer.Option(help="The shop's rules: demo, tau2, or a YAML file.")
    ] = "tau2",
) -> None:
    """Fills an empty home with the shop of tau2-bench's retail domain."""
    from rich.console import Console

    from storekeep.tau2 import import_shop

    import_shop(file, policy, _settings(), Console())


@exporting.command("tau2")
def export_tau2(
    out: Annotated[Path, typer.Argument(help="Where to write the JSON.", dir_okay=False)],
) -> None:
    """Writes the whole present state of the shop as tau2-bench's retail domain does."""
    from storekeep.tau2 import export_shop

    export_shop(out, _settings())


@agents.command("add")
def add_agent(
    login: Annotated[str, typer.Argument(help="What the agent types to log in.")],
    name: Annotated[str, typer.Option(help="What customers read.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Lets somebody log in at the desk, or gives them another password."""
    from storekeep.agents import add_agent as add
    from storekeep.home import Home

    add(Home(_settings().home), login, name=name, password=password)


@agents.command("remove")
def remove_agent(login: Annotated[str, typer.Argument(help="Who.")]) -> None:
    """Lets somebody log in at the desk no more."""
    from storekeep.agents import remove_agent as remove
    from storekeep.home import Home

    remove(Home(_settings().home), login)


@app.command()
def gateway() -> None:
    """Runs the gateway alone; `storekeep up` does it for you."""
    from storekeep.gateway import serve
    from storekeep.settings import Links, read

    serve(_settings(), read(Links))


@app.command()
def actions(
    port: Annotated[int, typer.Option(help="Where to listen, on 127.0.0.1.")] = 5055,
) -> None:
    """Runs the action server alone; `storekeep up` does it for you."""
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
