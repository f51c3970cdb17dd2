"""Transactions, as every engine offers them: a snapshot to read, or one writer at a time."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import StoreError
from bot.domain.ids import ClubId
from db.hints import Hints

BUSY = "The database is very busy just now. Try again in a moment."


async def take_turn(turn: asyncio.Lock, until: float) -> None:
    """Wait for a writer's turn; StoreError once the event loop's clock shows `until`."""
    try:
        async with asyncio.timeout_at(until):
            await turn.acquire()
    except TimeoutError as error:
        raise StoreError(BUSY, retry=True) from error


class Across(StrEnum):
    """Work of no single club, by what it may touch.

    PostgreSQL holds each to it by a role of its own; so it does every club.
    """

    OUTBOX = "outbox"
    """Deliveries and queues of all clubs, and the reminders they count."""
    HOST = "host"
    """Everything: the shared catalogue, lists of clubs, purging."""


class Transactions(Protocol):
    """Transactions on one database, each for one club or for work across clubs."""

    @property
    def hints(self) -> Hints:
        """Hints to the other processes on it: to be given after the commit."""

    def read(self, whose: ClubId | Across) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a read transaction: a snapshot taken at its first statement. StoreError."""

    def write(
        self, whose: ClubId | Across, patience: timedelta | None = None
    ) -> AbstractAsyncContextManager[AsyncConnection]:
        """Open a write transaction, committed when its context ends without an error.

        Writers of one club, and those of the shared catalogue, come one after the other. `patience`:
        how long to wait for that, if not as long as usual. StoreError; RuntimeError if this task has
        one open already.
        """

    async def overwrite(self) -> bool:
        """Overwrite what deleted rows have left in the database's files; whether nothing of them is left.

        False where others read or write just now, or where the server's own vacuum does this in its time.
        """

    async def close(self) -> None:
        """Close every connection."""
