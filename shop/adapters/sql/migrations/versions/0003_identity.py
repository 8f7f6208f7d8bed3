"""One-time codes, how fresh an identity is, and customers by name and postcode."""

import sqlalchemy as sa
from alembic import op

from shop.comparable import person_key

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the table and columns, and fills the key by which customers are found."""
    op.create_table(
        "one_time_codes",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_one_time_codes"),
        sa.UniqueConstraint("id", name="uq_one_time_codes_id"),
    )
    for columns in (["conversation", "sent_at"], ["address", "sent_at"], ["sent_at"]):
        op.create_index(f"ix_one_time_codes_{'_'.join(columns)}", "one_time_codes", columns)
    op.add_column("identities", sa.Column("fresh_until", sa.DateTime(timezone=True)))
    op.add_column(
        "customers", sa.Column("person_key", sa.Text(), server_default="", nullable=False)
    )
    op.create_index("ix_customers_person_key", "customers", ["person_key"])
    _fill_person_keys()


def _fill_person_keys() -> None:
    customers = sa.table(
        "customers", *map(sa.column, ("id", "first_name", "last_name", "postcode", "person_key"))
    )
    connection = op.get_bind()
    keys = [
        {"key": row.id, "value": person_key(f"{row.first_name} {row.last_name}", row.postcode)}
        for row in connection.execute(sa.select(customers))
    ]
    if keys:
        change = customers.update().where(customers.c.id == sa.bindparam("key"))
        connection.execute(change.values(person_key=sa.bindparam("value")), keys)
