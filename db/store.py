"""The database as the core sees it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import select

from bot.domain.ids import ClubId
from db import receipts
from db.desk import SqlDesk
from db.film_cache import FilmCache
from db.outbox import SqlOutbox
from db.records import ACROSS_CLUBS
from db.schema import members
from db.shelf import SqlFilmShelf
from db.transactions import Transactions
from db.unit_of_work import SqlUnitOfWork, unit_of_work

_PURGED_AT_ONCE = 1_000
"""Receipts deleted in one transaction, so that purging never keeps a command waiting."""

_CLUBS = (
    select(members.c.club_id)
    .distinct()
    .order_by(members.c.club_id)
    .execution_options(**ACROSS_CLUBS)
)


class SqlStore:
    """Implements `bot.ports.Store`."""

    def __init__(self, transactions: Transactions, on_close: Callable[[], None]) -> None:
        """Serve from these transactions; `on_close` clears away what stands outside of them."""
        self._transactions = transactions
        self._on_close = on_close
        self._films = FilmCache()
        self.shelf = SqlFilmShelf(transactions)
        self.outbox = SqlOutbox(transactions)
        self.desk = SqlDesk(transactions)

    @asynccontextmanager
    async def reading(self, club_id: ClubId) -> AsyncIterator[SqlUnitOfWork]:
        """Open one club's data to read, on a snapshot."""
        _check(club_id)
        async with self._transactions.read() as connection:
            yield unit_of_work(connection, club_id, self._films, writes=False)

    @asynccontextmanager
    async def writing(self, club_id: ClubId) -> AsyncIterator[SqlUnitOfWork]:
        """Open one club's data to read and write, all or nothing."""
        _check(club_id)
        async with self._transactions.write() as connection:
            yield unit_of_work(connection, club_id, self._films, writes=True)

    async def clubs(self) -> Sequence[ClubId]:
        """Return every club in which somebody has spoken, by id."""
        async with self._transactions.read() as connection:
            return [ClubId(row.club_id) for row in await connection.execute(_CLUBS)]

    async def purge_receipts(self, before: datetime) -> int:
        """Delete the receipts of requests carried out before this instant; return how many."""
        total = 0
        while True:
            async with self._transactions.write() as connection:
                gone = await receipts.purge(connection, before, _PURGED_AT_ONCE)
            total += gone
            if gone < _PURGED_AT_ONCE:
                return total

    async def close(self) -> None:
        """Close every connection."""
        await self._transactions.close()
        self._on_close()


def _check(club_id: ClubId) -> None:
    if not club_id:
        raise ValueError("a unit of work needs a club; the empty name stands for everyone's films")
