"""Runs the migrations on the connection that `shop.adapters.sql.migration` hands over."""

from alembic import context

from shop.adapters.sql.migration import VERSION_TABLE
from shop.adapters.sql.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
