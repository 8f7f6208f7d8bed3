"""Runs the migrations on the connection that `channels.adapters.sql.migration` hands over."""

from alembic import context

from channels.adapters.sql.migration import VERSION_TABLE
from channels.adapters.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
