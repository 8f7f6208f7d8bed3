"""Brings a database's tables up to what this code expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from shop.errors import StoreUnavailable

VERSION_TABLE = "shop_version"  # of its own: the gateway may keep its tables in the same database
_SCRIPTS = Path(__file__).parent / "migrations"


def is_current(connection: Connection) -> bool:
    """Tells whether the tables are what this code expects."""
    kept = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    expected = ScriptDirectory.from_config(_config()).get_heads()
    return kept.get_current_heads() == tuple(expected)


def migrate(connection: Connection) -> None:
    """Runs what is missing, within the connection's transaction."""
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as err:
        raise StoreUnavailable(
            "the shop's database was made by a newer version of Storekeep: update Storekeep"
        ) from err


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
