"""Opens a store by its database URL: chooses the engine."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import StoreError
from bot.ports.progress import Progress, unshown
from db.engines.sqlite_engine import open_file, open_temporary
from db.store import SqlStore

_SERVERS = frozenset({"postgresql", "postgres"})
_KNOWN = frozenset({"sqlite", "sqlite+aiosqlite", "postgresql", "postgres", "postgresql+psycopg"})


async def open_store(
    url: str, *, busy_timeout: timedelta = timedelta(seconds=10), progress: Progress = unshown
) -> SqlStore:
    """Open the database; create or migrate it as needed. StoreError, SchemaTooNew.

    `url` is `sqlite:///path`, or `sqlite://` for a database that is deleted when closed, or
    `postgresql://user:password@host/database`. `busy_timeout` is how long to wait for locks of other
    programs. `progress` hears of each change of the schema.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() in _SERVERS:
        # SQLite needs neither its module nor its driver.
        from db.engines.postgresql.engine import open_server  # noqa: PLC0415 - see above

        return await open_server(parsed, busy_timeout, progress)
    database = parsed.database
    if database in {None, "", ":memory:"}:
        return await open_temporary(busy_timeout)
    return await open_file(Path(str(database)), busy_timeout, progress)


def on_server(url: str) -> bool:
    """Return whether a database is on a PostgreSQL server. StoreError for a URL that cannot be read."""
    return _parsed(url).get_backend_name() in _SERVERS


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            "The database URL cannot be read. Write it like sqlite:///matinee.db", retry=False
        ) from error
    if parsed.drivername not in _KNOWN:
        raise StoreError(
            f"{parsed.drivername} databases are not supported. "
            "Use sqlite:///path or postgresql://user:password@host/database",
            retry=False,
        )
    return parsed
