"""Transactions: concurrent readers on snapshots, one writer at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.engines.sqlite_errors import raising_store_errors


class Transactions:
    """Transactions on one database."""

    def __init__(self, readers: AsyncEngine, writer: AsyncEngine) -> None:
        """Take an engine with read-only connections, and one that locks the database at BEGIN."""
        self._readers = readers
        self._writer = writer
        self._lock = asyncio.Lock()
        self._writing: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Open a read transaction: a snapshot taken at its first statement. StoreError."""
        with raising_store_errors("The database", reading=True):
            async with self._readers.begin() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Open a write transaction. StoreError; RuntimeError if this task has one open already.

        Writers queue here, first come first served: in the engine they would poll for its lock.
        """
        if self._writing is asyncio.current_task():
            raise RuntimeError("this task is writing already; it would wait for itself")
        with raising_store_errors("The database"):
            async with self._lock:
                self._writing = asyncio.current_task()
                try:
                    async with self._writer.begin() as connection:
                        yield connection
                finally:
                    self._writing = None

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writer.dispose()
