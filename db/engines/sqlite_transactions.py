"""SQLite's transactions: concurrent readers on snapshots, one writer at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import cast

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.ids import ClubId
from db.engines.sqlite_driver import ShortTripConnection, rewrite, waiting_until
from db.engines.sqlite_errors import raising_store_errors
from db.hints import NoHints
from db.transactions import Across, take_turn


class SqliteTransactions:
    """Implements `db.transactions.Transactions`; a file knows no roles, so it matters not whose they are."""

    def __init__(self, readers: AsyncEngine, writer: AsyncEngine, patience: timedelta) -> None:
        """Take an engine with read-only connections, and one that locks the database at BEGIN.

        `patience`: how long a writer waits for its turn, all in all.
        """
        self.hints = NoHints()
        self._readers = readers
        self._writer = writer
        self._patience = patience
        self._lock = asyncio.Lock()
        self._writing: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def read(self, whose: ClubId | Across) -> AsyncIterator[AsyncConnection]:
        """Open a read transaction: a snapshot taken at its first statement. StoreError."""
        del whose
        with raising_store_errors("The database", reading=True):
            async with self._readers.begin() as connection:
                yield connection

    @asynccontextmanager
    async def write(
        self, whose: ClubId | Across, patience: timedelta | None = None
    ) -> AsyncIterator[AsyncConnection]:
        """Open a write transaction. StoreError; RuntimeError if this task has one open already.

        Writers queue here, first come first served: in the engine they would poll for its lock. One
        patience covers the queue and the lock of another program: else each writer would begin to
        wait for that lock after all those before it had given up.
        """
        del whose
        if self._writing is asyncio.current_task():
            raise RuntimeError("this task is writing already; it would wait for itself")
        until = asyncio.get_running_loop().time() + (patience or self._patience).total_seconds()
        with raising_store_errors("The database"):
            await take_turn(self._lock, until)
            self._writing = asyncio.current_task()
            try:
                async with AsyncExitStack() as stack:
                    with waiting_until(until):
                        connection = await stack.enter_async_context(self._writer.begin())
                    yield connection
            finally:
                self._writing = None
                self._lock.release()

    async def overwrite(self) -> bool:
        """Write the file anew and empty its log; False while somebody else uses them.

        `secure_delete` clears a deleted cell, but none of the copies of it that SQLite has left behind in pages
        that it split or balanced before.
        """
        until = asyncio.get_running_loop().time() + self._patience.total_seconds()
        with raising_store_errors("The database"):
            await take_turn(self._lock, until)
            try:
                async with self._writer.connect() as connection:
                    raw = await connection.get_raw_connection()
                    return await rewrite(cast("ShortTripConnection", raw.driver_connection))
            finally:
                self._lock.release()

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writer.dispose()
