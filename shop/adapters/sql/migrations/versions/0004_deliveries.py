"""Where a parcel comes from and waits, its hand-over code, and what was done about a bad delivery."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the columns; parcels and changes that are there have none of it."""
    for table, name in (
        ("parcels", "sent_from"),
        ("parcels", "hand_over_code"),
        ("order_changes", "resolution"),
    ):
        op.add_column(table, sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("parcels", sa.Column("pick_up_point", sa.Text()))
    op.add_column("order_changes", sa.Column("day", sa.Date()))
