"""SQLite: opens a database file with one writing connection and a pool of reading ones."""

import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.errors import StoreError
from bot.ports.progress import Progress, unshown
from db.engines.sqlite_driver import ShortTripConnection, connect
from db.engines.sqlite_errors import raising_store_errors
from db.engines.sqlite_transactions import SqliteTransactions
from db.migrations import bring_up_to_date
from db.store import SqlStore

_READERS = 8
"""Reading connections kept open."""

_MORE_READERS = 24
"""Further ones opened for as long as all others are in use."""

_PRAGMAS = ("PRAGMA foreign_keys=ON", "PRAGMA trusted_schema=OFF", "PRAGMA secure_delete=ON")
# secure_delete: what a member had forgotten must not stay in free pages; most builds do so anyway.


async def open_file(path: Path, busy_timeout: timedelta, progress: Progress = unshown) -> SqlStore:
    """Open or create a database file and its folder. StoreError, SchemaTooNew."""
    _make_folder(path.parent)
    return await _open(
        path, busy_timeout, synchronous="FULL", on_close=lambda: None, progress=progress
    )


async def open_temporary(busy_timeout: timedelta) -> SqlStore:
    """Open an empty database that is deleted when the store is closed.

    It is a file: connections to a database in memory cannot each have a snapshot of it.
    """
    folder = tempfile.TemporaryDirectory(prefix="matinee-")
    path = Path(folder.name, "matinee.db")
    return await _open(path, busy_timeout, synchronous="OFF", on_close=folder.cleanup)


async def _open(
    path: Path,
    busy_timeout: timedelta,
    *,
    synchronous: str,
    on_close: Callable[[], None],
    progress: Progress = unshown,
) -> SqlStore:
    writing = partial(connect, path, busy_timeout=busy_timeout, reads=False)
    durable = ("PRAGMA journal_mode=WAL", f"PRAGMA synchronous={synchronous}")
    writer = _engine(writing, "BEGIN IMMEDIATE", durable, connections=1, more=0)
    reading = partial(connect, path, busy_timeout=busy_timeout, reads=True)
    read_only = ("PRAGMA query_only=ON",)
    readers = _engine(reading, "BEGIN", read_only, connections=_READERS, more=_MORE_READERS)
    store = SqlStore(SqliteTransactions(readers, writer, busy_timeout), on_close)
    try:
        with raising_store_errors(f"The database {path}"):
            async with writer.begin() as connection:
                await connection.run_sync(bring_up_to_date, progress)
    except BaseException:
        await store.close()
        raise
    return store


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
    """Return an engine whose transactions begin with `begin`, not as the driver chooses."""
    engine = create_async_engine(
        # `opened` knows the path; a name is needed for SQLAlchemy to pool connections to a file.
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
