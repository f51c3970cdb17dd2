"""Transactions: many readers on snapshots, one writer at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from db.engines.failures import told_plainly


class Transactions:
    """Opens transactions on one database."""

    def __init__(self, readers: AsyncEngine, writer: AsyncEngine) -> None:
        """Take an engine whose connections cannot write, and one whose transactions lock first."""
        self._readers = readers
        self._writer = writer
        self._turn = asyncio.Lock()
        self._writing: asyncio.Task[object] | None = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Read on a snapshot that begins with the first statement."""
        with told_plainly("The database", reading=True):
            async with self._readers.begin() as connection:
                yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Read and write, all or nothing. Waiting here is fairer than in the engine, and faster."""
        if self._writing is asyncio.current_task():
            raise RuntimeError("this task is writing already; it would wait for itself")
        with told_plainly("The database"):
            async with self._turn:
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
