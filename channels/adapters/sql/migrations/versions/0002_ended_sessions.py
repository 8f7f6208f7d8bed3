"""Sessions of the desk that were ended before their time."""

import sqlalchemy as sa
from alembic import op

from shop.sql import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Makes their table."""
    op.create_table(
        "ended_sessions",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ended_sessions"),
    )
