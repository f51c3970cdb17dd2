"""aiosqlite that goes to its thread only for what may keep the event loop waiting.

SQLite answers a short statement from memory in about ten microseconds; handing it to a thread and
taking the answer back costs up to a hundred. So a short statement is carried out where it is asked
for. What waits for the disk (a commit) or may be long (whatever changes any number of rows) goes to
the connection's thread, and a lock of another program is waited for without keeping anybody.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

import aiosqlite

from db.engines.failures import is_busy

Rows = list[Any]

_PAUSE = 0.005
"""Seconds until a database that another program has locked is tried again."""

_SHORT = ("SELECT", "INSERT", "BEGIN", "PRAGMA")
"""What a short statement begins with: it reads by an index, or writes one row, or none."""


class ShortTripCursor:
    """As much of a cursor as SQLAlchemy asks for."""

    def __init__(self, connection: "ShortTripConnection") -> None:
        """Begin with nothing carried out."""
        self._connection = connection
        self._rows: Rows = []
        self.description: Sequence[Any] | None = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Open without a trip."""
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Carry out a statement and fetch all it returns."""
        do = self._connection.at_once if sql.startswith(_SHORT) else self._connection.trip
        await do(lambda raw: self._keep(raw.execute(sql, parameters)))

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement for each set of values."""
        await self._connection.trip(lambda raw: self._keep(raw.executemany(sql, parameters)))

    async def fetchall(self) -> Rows:
        """Hand over what was fetched."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """It was closed when its rows were fetched."""

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        """Take everything from the driver's cursor."""
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class ShortTripConnection(aiosqlite.Connection):
    """A connection that carries out short statements in the thread of whoever asks."""

    def __init__(
        self, connector: Callable[[], sqlite3.Connection], *, patience: timedelta, reads: bool
    ) -> None:
        """Take the way to open it, and how long to wait for other programs' locks.

        One that only `reads` has nothing to bring to the disk at the end of a transaction.
        """
        super().__init__(connector, iter_chunk_size=64)
        self._patience = patience.total_seconds()
        self._reads = reads

    def cursor(self) -> ShortTripCursor:  # type: ignore[override]  # SQLAlchemy asks for no more
        """Open a cursor without a trip."""
        return ShortTripCursor(self)

    async def _connect(self) -> Self:
        """Open the database; where that fails, see the thread off while there is a loop to tell."""
        try:
            await super()._connect()
        except BaseException:
            self._thread.join()
            raise
        return self

    async def trip(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do work in the connection's thread."""
        await self._execute(lambda: work(self._conn))  # type: ignore[no-untyped-call]  # has no types

    async def at_once(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Do short work here and now, or as soon as no other program has the database locked."""
        loop = asyncio.get_running_loop()
        give_up = loop.time() + self._patience
        while True:
            try:
                return work(self._conn)
            except sqlite3.OperationalError as error:
                if not is_busy(error) or loop.time() >= give_up:
                    raise
            await asyncio.sleep(_PAUSE)

    async def commit(self) -> None:
        """End the transaction; what was written is on the disk then."""
        if self._reads:
            self._conn.commit()
        else:
            await super().commit()

    async def rollback(self) -> None:
        """Take the transaction back, if there is one: SQLAlchemy asks after each commit too."""
        if self.in_transaction:
            await super().rollback()


def connect(database: str | Path, *, patience: timedelta, reads: bool) -> ShortTripConnection:
    """Open a connection; what `aiosqlite.connect` is otherwise called for.

    SQLite itself does not wait for other programs: it would keep the event loop.
    """
    connection = ShortTripConnection(
        lambda: sqlite3.connect(database, isolation_level=None, timeout=0, check_same_thread=False),
        patience=patience,
        reads=reads,
    )
    # A thread that is left behind must not keep the process alive.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy's dialect does
    return connection
