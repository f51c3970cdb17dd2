"""Opening a database. Every difference between engines lives here and in `db/failures.py`."""

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.errors import StoreError
from db.driver import connect
from db.failures import told_plainly
from db.migrations import bring_up_to_date
from db.store import SqlStore
from db.transactions import Transactions

_READERS = 4
"""Connections kept for reading; as many again and more are opened when all are in use."""

_MORE_READERS = 28


async def open_store(url: str, *, busy_timeout: timedelta = timedelta(seconds=10)) -> SqlStore:
    """Open the database, make or migrate it as need be.

    `url` is `sqlite:///path`, or `sqlite://` for one that is thrown away when closed.
    `busy_timeout` is how long to wait for other programs. Raises StoreError, SchemaTooNew.
    """
    path, clear_away = _place(_parsed(url))
    milliseconds = busy_timeout // timedelta(milliseconds=1)
    lasting = clear_away is _nothing
    writer = _engine(path, "BEGIN IMMEDIATE", _writer_pragmas(milliseconds, lasting=lasting), 1, 0)
    readers = _engine(path, "BEGIN", _reader_pragmas(milliseconds), _READERS, _MORE_READERS)
    store = SqlStore(Transactions(readers, writer), clear_away)
    try:
        with told_plainly(f"The database {path}"):
            async with writer.begin() as connection:
                await connection.run_sync(bring_up_to_date)
    except BaseException:
        await store.close()
        raise
    return store


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StoreError(
            f"{url!r} is not a database URL. Write it like sqlite:///matinee.db", retry=False
        ) from error
    if parsed.drivername not in {"sqlite", "sqlite+aiosqlite"}:
        raise StoreError(
            f"{parsed.drivername} databases are not supported yet. Use sqlite:///path",
            retry=False,
        )
    return parsed


def _place(url: URL) -> tuple[Path, Callable[[], None]]:
    """Find the file and what to do with it at the end; the folder is made if need be."""
    if url.database in {None, "", ":memory:"}:
        # Connections to a database in memory cannot each have a snapshot of it: so it is a file
        # that nobody else sees, and that goes when the store is closed.
        folder = tempfile.TemporaryDirectory(prefix="matinee-")
        return Path(folder.name, "matinee.db"), folder.cleanup
    path = Path(str(url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {path.parent} cannot be made: {error.strerror}. "
            "Make it yourself, or choose another.",
            retry=False,
        ) from error
    return path, _nothing


def _nothing() -> None:
    """A database in a file stays."""


def _writer_pragmas(busy_timeout: int, *, lasting: bool) -> list[str]:
    synchronous = "FULL" if lasting else "OFF"
    return [
        *_pragmas(busy_timeout),
        "PRAGMA journal_mode=WAL",
        f"PRAGMA synchronous={synchronous}",
    ]


def _reader_pragmas(busy_timeout: int) -> list[str]:
    return [*_pragmas(busy_timeout), "PRAGMA query_only=ON"]


def _pragmas(busy_timeout: int) -> list[str]:
    return [
        f"PRAGMA busy_timeout={busy_timeout}",
        "PRAGMA foreign_keys=ON",
        "PRAGMA trusted_schema=OFF",
    ]


def _engine(path: Path, begin: str, pragmas: list[str], connections: int, more: int) -> AsyncEngine:
    """Make an engine whose transactions begin as we say, not as the driver guesses."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        connect_args={"isolation_level": None, "async_creator_fn": connect},
        pool_size=connections,
        max_overflow=more,
        pool_timeout=30,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
