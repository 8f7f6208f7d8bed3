"""What every SQL store here shares, the shop's and the gateway's: addresses of databases, and times."""

from datetime import UTC, datetime

from sqlalchemy import URL, DateTime, Dialect, TypeDecorator, make_url

_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}


def database_url(location: str) -> URL:
    """Returns the address of a database with its driver; a location without "://" is an SQLite file."""
    url = make_url(location if "://" in location else f"sqlite:///{location}")
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time: SQLite keeps no zone, so it goes in as UTC and comes out as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Returns the time in UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Returns the time with its zone."""
        return value and value.replace(tzinfo=UTC)
