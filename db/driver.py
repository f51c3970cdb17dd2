"""aiosqlite with one trip to its thread for each statement.

SQLAlchemy drives a cursor in five steps (open, execute, fetch, close, release), and aiosqlite takes
each step to its thread and back: measured, more than half of a small query's cost. Here a statement
is carried out, fetched and closed in one trip; the other steps find their answers waiting.
"""

import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import aiosqlite

Rows = list[Any]

TURN = 0.0005
"""Seconds after which a busy thread lets another one have the interpreter; Python's own is 0.005."""


def take_short_turns() -> None:
    """Let the connections' threads in soon while the event loop is busy. For the whole process.

    Measured at 200 commands/s: with Python's own interval half of them took more than 60 ms, with
    this one 17 ms; with a fifth of it the switching itself costs more than it gains.
    """
    sys.setswitchinterval(TURN)


class OneTripCursor:
    """As much of a cursor as SQLAlchemy asks for."""

    def __init__(self, connection: "OneTripConnection") -> None:
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
        await self._connection.trip(lambda raw: self._keep(raw.execute(sql, parameters)))

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
        """Take everything from the driver's cursor; runs in the connection's thread."""
        try:
            self.description = cursor.description
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()


class OneTripConnection(aiosqlite.Connection):
    """A connection whose cursors make one trip a statement."""

    def cursor(self) -> OneTripCursor:  # type: ignore[override]  # SQLAlchemy asks for no more
        """Open a cursor without a trip."""
        return OneTripCursor(self)

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


def connect(database: str | Path, **options: Any) -> OneTripConnection:  # noqa: ANN401 - sqlite3's own
    """Open a connection; what `aiosqlite.connect` is otherwise called for."""
    connection = OneTripConnection(lambda: sqlite3.connect(database, **options), iter_chunk_size=64)
    # A thread that is left behind must not keep the process alive.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy's dialect does
    return connection
