"""The records in a SQL database: SQLite on one machine, PostgreSQL beyond it."""

from shop.adapters.sql.shop import SqlShop

__all__ = ["SqlShop"]
