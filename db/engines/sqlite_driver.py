"""aiosqlite connections that use their thread only for what might block the event loop.

SQLite answers a short statement from memory in about ten microseconds; a round trip to a thread
costs up to a hundred. So short statements run in the caller's thread. Commits, which wait for the
disk, and statements that change any number of rows run in the connection's thread. Locks of other
programs are waited for by polling, without blocking the event loop.

Against aiosqlite as it is, a command takes 0.6 times the processor time, and half the p99 at 50
commands/s (`benchmarks/service_load.py --pairs 5`): hence the use of aiosqlite's private members.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import aiosqlite

from db.engines.sqlite_errors import is_busy
from db.records import SORTS_MANY

Rows = list[Any]

_PAUSE = 0.005
"""Seconds between two tries while another program has the database locked."""

_SHORT = ("SELECT", "INSERT", "BEGIN", "PRAGMA")
"""Beginnings of short statements: they read by an index, or write at most one row."""


_LONG = f"SELECT {SORTS_MANY}"

_FEW = 500
"""Rows fetched in the caller's thread; the rest, some microseconds a row, in the connection's."""

_wait_until: ContextVar[float | None] = ContextVar("wait_until", default=None)


@contextmanager
def waiting_until(instant: float) -> Iterator[None]:
    """Wait for locks of other programs until then (time of the event loop), and no longer."""
    token = _wait_until.set(instant)
    try:
        yield
    finally:
        _wait_until.reset(token)


class ShortTripCursor:
    """Cursor with the methods that SQLAlchemy calls; fetches all rows at once."""

    def __init__(self, connection: "ShortTripConnection") -> None:
        """Start without a result."""
        self._connection = connection
        self._rows: Rows = []
        self._rest: sqlite3.Cursor | None = None
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Return itself; there is nothing to open."""
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement and fetch all its rows."""
        if not sql.startswith(_SHORT) or sql.startswith(_LONG):
            await self._connection.trip(lambda raw: self._keep(raw.execute(sql, parameters)))
            return
        await self._connection.at_once(lambda raw: self._begin(raw.execute(sql, parameters)))
        if (rest := self._rest) is not None:
            self._rest = None
            await self._connection.trip(lambda _: self._finish(rest))

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Execute a statement for each set of values."""
        await self._connection.trip(lambda raw: self._keep(raw.executemany(sql, parameters)))

    async def fetchall(self) -> Rows:
        """Return the fetched rows, once."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Do nothing: the driver's cursor was closed after fetching."""

    def _begin(self, cursor: sqlite3.Cursor) -> None:
        """Fetch a few rows; if there are more, leave the cursor open for the rest."""
        if cursor.description is None:
            self._keep(cursor)
            return
        self.description = cursor.description
        self._rows = cursor.fetchmany(_FEW)
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        if len(self._rows) == _FEW:
            self._rest = cursor
        else:
            cursor.close()

    def _finish(self, cursor: sqlite3.Cursor) -> None:
        try:
            self._rows += cursor.fetchall()
        finally:
            cursor.close()

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        """Fetch everything from the driver's cursor and close it."""
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class ShortTripConnection(aiosqlite.Connection):
    """Connection that executes short statements in the caller's thread."""

    def __init__(
        self, connector: Callable[[], sqlite3.Connection], *, busy_timeout: timedelta, reads: bool
    ) -> None:
        """Take the function that opens it, and how long to wait for locks of other programs.

        The commit of a connection that only `reads` does not wait for the disk.
        """
        super().__init__(connector, iter_chunk_size=64)
        self._busy_timeout = busy_timeout.total_seconds()
        self._reads = reads

    def cursor(self) -> ShortTripCursor:  # type: ignore[override]  # SQLAlchemy asks for no more
        """Return a new cursor."""
        return ShortTripCursor(self)

    async def _connect(self) -> Self:
        """Open the database; if that fails, join the thread while the event loop still runs."""
        try:
            await super()._connect()
        except BaseException:
            self._thread.join()
            raise
        return self

    async def trip(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Run work in the connection's thread."""
        await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]  # has no types

    async def at_once(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Run short work in this thread; retry while another program has the database locked."""
        loop = asyncio.get_running_loop()
        give_up = _wait_until.get() or loop.time() + self._busy_timeout
        while True:
            try:
                return work(self._conn)
            except sqlite3.OperationalError as error:
                if not is_busy(error) or loop.time() >= give_up:
                    raise
            await asyncio.sleep(_PAUSE)

    async def commit(self) -> None:
        """Commit; what was written is on the disk afterwards."""
        if self._reads:
            self._conn.commit()
        else:
            await super().commit()

    async def rollback(self) -> None:
        """Roll back, if a transaction is open: SQLAlchemy calls this after commits too."""
        if self.in_transaction:
            await super().rollback()


async def rewrite(connection: ShortTripConnection) -> bool:
    """Write a database anew, and empty its log; False while others are using it."""
    left = True

    def work(raw: sqlite3.Connection) -> None:
        nonlocal left
        raw.execute("VACUUM")
        left = bool(raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

    try:
        await connection.trip(work)
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
    return not left


def connect(database: str | Path, *, busy_timeout: timedelta, reads: bool) -> ShortTripConnection:
    """Return a connection, in place of `aiosqlite.connect`.

    SQLite's own waiting for locks is off: it would block the event loop.
    """
    connection = ShortTripConnection(
        lambda: sqlite3.connect(database, isolation_level=None, timeout=0, check_same_thread=False),
        busy_timeout=busy_timeout,
        reads=reads,
    )
    # The thread of an unclosed connection must not keep the process alive.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy's dialect does
    return connection
