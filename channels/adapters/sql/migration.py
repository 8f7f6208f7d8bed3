"""Brings a database's tables up to what this code expects."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from channels.errors import StoreUnavailable

VERSION_TABLE = "gateway_version"  # of its own: the shop may keep its tables in the same database
_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK = 0x5709_CEEA  # PostgreSQL's advisory lock of whoever migrates


def migrate(connection: Connection) -> None:
    """Runs what is missing, within the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, "head")
    except CommandError as err:
        raise StoreUnavailable(
            "The conversations were kept by a newer version of Storekeep: update Storekeep."
        ) from err
