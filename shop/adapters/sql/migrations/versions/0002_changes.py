"""What customers have done: changes of orders, the ledger, and more about customers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds tables and columns; customers who are there are found by their addresses from now on."""
    op.create_table(
        "order_changes",
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("transfers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_number"],
            ["orders.number"],
            name="fk_order_changes_order_number",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("order_number", "position", name="pk_order_changes"),
    )
    op.create_table(
        "ledger",
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("customer_id", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_ledger"),
        sa.UniqueConstraint("conversation", "key", name="uq_ledger_conversation_key"),
    )
    op.create_index("ix_ledger_customer_id_at", "ledger", ["customer_id", "at"])
    op.add_column(
        "customers",
        sa.Column("newsletter", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("customers", sa.Column("deletion_requested_at", sa.DateTime(timezone=True)))
    op.add_column("customers", sa.Column("email_key", sa.Text(), server_default="", nullable=False))
    op.execute("UPDATE customers SET email_key = lower(trim(email))")
    op.create_index("ix_customers_email_key", "customers", ["email_key"])
