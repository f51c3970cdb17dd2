"""Opening a database. Every difference between engines lives here and in `db/failures.py`."""

import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.errors import StoreError
from db.engines.failures import told_plainly
from db.engines.sqlite_driver import ShortTripConnection, connect
from db.migrations import bring_up_to_date
from db.store import SqlStore
from db.transactions import Transactions

_READERS = 8
"""Connections kept for reading; more are opened for a while when all are in use."""

_MORE_READERS = 24

_PRAGMAS = ("PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF")


async def open_store(url: str, *, busy_timeout: timedelta = timedelta(seconds=10)) -> SqlStore:
    """Open the database, make or migrate it as need be.

    `url` is `sqlite:///path`, or `sqlite://` for one that is thrown away when closed.
    `busy_timeout` is how long to wait for other programs. Raises StoreError, SchemaTooNew.
    """
    database = _parsed(url).database
    if database in {None, "", ":memory:"}:
        # Connections to a database in memory cannot each have a snapshot of it: so it is a file
        # that nobody else sees, and that goes when the store is closed.
        folder = tempfile.TemporaryDirectory(prefix="matinee-")
        path = Path(folder.name, "matinee.db")
        return await _open(path, busy_timeout, synchronous="OFF", on_close=folder.cleanup)
    path = Path(str(database))
    _make_folder(path.parent)
    return await _open(path, busy_timeout, synchronous="FULL", on_close=lambda: None)


async def _open(
    path: Path, busy_timeout: timedelta, *, synchronous: str, on_close: Callable[[], None]
) -> SqlStore:
    writing = partial(connect, path, patience=busy_timeout, reads=False)
    durable = ("PRAGMA journal_mode=WAL", f"PRAGMA synchronous={synchronous}")
    writer = _engine(writing, "BEGIN IMMEDIATE", durable, connections=1, more=0)
    reading = partial(connect, path, patience=busy_timeout, reads=True)
    unchanging = ("PRAGMA query_only=ON",)
    readers = _engine(reading, "BEGIN", unchanging, connections=_READERS, more=_MORE_READERS)
    store = SqlStore(Transactions(readers, writer), on_close)
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
            "The database URL cannot be read. Write it like sqlite:///matinee.db", retry=False
        ) from error
    if parsed.drivername not in {"sqlite", "sqlite+aiosqlite"}:
        raise StoreError(
            f"{parsed.drivername} databases are not supported yet. Use sqlite:///path",
            retry=False,
        )
    return parsed


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made: {error.strerror}. "
            "Make it yourself, or choose another.",
            retry=False,
        ) from error


def _engine(
    opened: Callable[[], ShortTripConnection],
    begin: str,
    pragmas: Iterable[str],
    *,
    connections: int,
    more: int,
) -> AsyncEngine:
    """Make an engine whose transactions begin as we say, not as the driver guesses."""
    engine = create_async_engine(
        # `opened` knows the file; the name here only says that it is one.
        URL.create("sqlite+aiosqlite", database="file"),
        async_creator=opened,
        pool_size=connections,
        max_overflow=more,
        pool_timeout=30,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in (*_PRAGMAS, *pragmas):
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
