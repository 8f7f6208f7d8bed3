"""The tables. `migrations/` makes them; a contract test keeps the two alike.

Times are kept in UTC, money as minor units beside its currency. Rows that belong to another
carry its key first and their place in the sequence.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from shop.sql import UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _text(name: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, Text, nullable=nullable)


def _time(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, UtcDateTime, nullable=nullable)


def _money(name: str) -> tuple[Column[Any], ...]:
    return Column(name, BigInteger, nullable=False), _text("currency")


def _address() -> tuple[Column[str], ...]:
    return tuple(map(_text, ("line1", "line2", "city", "state", "postcode", "country")))


def _part_of(owner: str) -> tuple[Column[Any], ...]:
    key = ForeignKey(owner, ondelete="CASCADE")
    name = owner.replace("s.", "_")
    return (
        Column(name, Text, key, primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
    )


products = Table(
    "products",
    metadata,
    Column("id", Text, primary_key=True),
    _text("title"),
    _text("description"),
    _text("brand"),
    _text("category"),
    Column("attributes", JSON, nullable=False),
    _text("image", nullable=True),
    _text("link", nullable=True),
)

variants = Table(
    "variants",
    metadata,
    *_part_of("products.id"),
    _text("id"),
    Column("options", JSON, nullable=False),
    *_money("price_minor"),
    Column("stock", Integer, nullable=False),
)

customers = Table(
    "customers",
    metadata,
    Column("id", Text, primary_key=True),
    _text("first_name"),
    _text("last_name"),
    _text("email"),
    _text("phone", nullable=True),
    *_address(),
    _text("locale"),
    _text("time_zone"),
    Column("newsletter", Boolean, nullable=False, server_default=false()),
    _time("deletion_requested_at", nullable=True),
    Column("email_key", Text, nullable=False, server_default=""),
    Column("person_key", Text, nullable=False, server_default=""),
    Index(None, "email_key"),
    Index(None, "person_key"),
)

payment_methods = Table(
    "payment_methods",
    metadata,
    *_part_of("customers.id"),
    _text("id"),
    _text("kind"),
    _text("label"),
    Column("balance_minor", BigInteger),
    _text("currency", nullable=True),
)

orders = Table(
    "orders",
    metadata,
    Column("number", Text, primary_key=True),
    Column("customer_id", Text, ForeignKey("customers.id"), nullable=False),
    _time("placed_at"),
    _text("status"),
    *_address(),
    _time("promised_at", nullable=True),
    Index(None, "customer_id", "placed_at"),
)

order_lines = Table(
    "order_lines",
    metadata,
    *_part_of("orders.number"),
    _text("id"),
    _text("product_id"),
    _text("variant_id"),
    _text("title"),
    Column("options", JSON, nullable=False),
    Column("quantity", Integer, nullable=False),
    *_money("price_minor"),
)

parcels = Table(
    "parcels",
    metadata,
    *_part_of("orders.number"),
    _text("id"),
    _text("carrier"),
    _text("tracking_number"),
    Column("line_ids", JSON, nullable=False),
    _text("method"),
    _time("promised_at", nullable=True),
    _text("tracking_link", nullable=True),
    Column("sent_from", Text, nullable=False, server_default=""),
    _text("pick_up_point", nullable=True),
    Column("hand_over_code", Text, nullable=False, server_default=""),
)

tracking_events = Table(
    "tracking_events",
    metadata,
    Column("order_number", Text, primary_key=True),
    Column("parcel_position", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    _time("at"),
    _text("code"),
    _text("text"),
    _text("place"),
    ForeignKeyConstraint(
        ["order_number", "parcel_position"],
        ["parcels.order_number", "parcels.position"],
        ondelete="CASCADE",
    ),
)

payments = Table(
    "payments",
    metadata,
    *_part_of("orders.number"),
    _time("at"),
    _text("method_id"),
    *_money("amount_minor"),
)

order_changes = Table(
    "order_changes",
    metadata,
    *_part_of("orders.number"),
    _text("reference"),
    _text("action"),
    _time("at"),
    _text("status"),
    _text("reason"),
    Column("lines", JSON, nullable=False),
    Column("transfers", JSON, nullable=False),
    Column("resolution", Text, nullable=False, server_default=""),
    Column("day", Date),
)

ledger = Table(
    "ledger",
    metadata,
    Column("reference", Text, primary_key=True),
    _text("conversation"),
    _text("key"),
    _time("at"),
    _text("customer_id"),
    _text("action"),
    _text("command"),
    Column("plan", JSON, nullable=False),
    UniqueConstraint("conversation", "key"),
    Index(None, "customer_id", "at"),
)

identities = Table(
    "identities",
    metadata,
    Column("conversation", Text, primary_key=True),
    _text("level"),
    _text("customer_id"),
    Column("order_numbers", JSON, nullable=False),
    _time("expires_at"),
    _time("fresh_until", nullable=True),
)

one_time_codes = Table(
    "one_time_codes",
    metadata,
    Column("number", Integer, primary_key=True),  # the greatest is the latest
    Column("id", Text, nullable=False, unique=True),
    _text("conversation"),
    _text("customer_id", nullable=True),
    _text("address"),
    _text("seal"),
    _time("sent_at"),
    _time("expires_at"),
    Column("failed_tries", Integer, nullable=False),
    _time("used_at", nullable=True),
    Index(None, "conversation", "sent_at"),
    Index(None, "address", "sent_at"),
    Index(None, "sent_at"),
)

failed_tries = Table(
    "failed_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    _text("subject"),
    _time("at"),
    Index(None, "subject", "at"),
)
