"""Store: implements the core's storage port on SQLAlchemy."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from sqlalchemy import Delete, select

from bot.domain.clubs.web_keys import WebKey
from bot.domain.deliveries import Purpose
from bot.domain.ids import ClubId, MemberId
from bot.domain.nights import Night
from bot.ports.hints import HintTopic
from bot.ports.store import MemberClub
from db.outbox.admin import OutboxAdmin
from db.outbox.outbox import SqlOutbox
from db.purge import (
    FORGOTTEN,
    GONE_DELIVERIES,
    OLD_DELIVERIES,
    OLD_DRAFTS,
    OLD_IMPORTS,
    OLD_RECEIPTS,
    OLD_WEB_KEYS,
    OVERWRITTEN,
    forget_club,
    left_clubs,
)
from db.records import ACROSS_CLUBS, Scope, param
from db.schema.clubs import clubs, members
from db.tables.clubs.web_keys import BY_DIGEST, WEB_KEY
from db.tables.connections import SqlConnections
from db.tables.films.catalogue import SqlFilmCatalogue
from db.tables.films.film_cache import FilmCache
from db.tables.follows import SqlFeeds
from db.tables.forgetting import Forgotten, forget_again
from db.tables.installations import SqlInstallations
from db.tables.nights import DUE, ENTERED, NIGHT
from db.transactions import Across, Transactions
from db.unit_of_work import SqlUnitOfWork, unit_of_work

_PURGE_BATCH = 1_000
"""Rows deleted in one transaction: a longer one would block commands that write."""

_CLUBS = (
    select(members.c.club_id)
    .distinct()
    .order_by(members.c.club_id)
    .execution_options(**ACROSS_CLUBS)
)
_CLUBS_SERVED = (
    select(clubs.c.club_id)
    .where(clubs.c.application == param("application"), clubs.c.left_at.is_(None))
    .order_by(clubs.c.club_id)
    .execution_options(**ACROSS_CLUBS)
)
_CLUBS_WITHIN = (
    select(clubs.c.club_id, clubs.c.left_at)
    .where(clubs.c.within == param("of_workspace"))
    .order_by(clubs.c.club_id)
    .execution_options(**ACROSS_CLUBS)
)
_CLUBS_OF_MEMBER = (
    select(members.c.club_id, clubs.c.name, members.c.home_at, clubs.c.within)
    .outerjoin(clubs, clubs.c.club_id == members.c.club_id)
    .where(members.c.member_id == param("member_id"), clubs.c.left_at.is_(None))
    .order_by(members.c.home_at.desc().nulls_last(), clubs.c.name, members.c.club_id)
    .execution_options(**ACROSS_CLUBS)
)


class SqlStore:
    """Implements `bot.ports.Store`."""

    def __init__(self, transactions: Transactions, on_close: Callable[[], None]) -> None:
        """Serve from these transactions; `on_close` is called once they are closed."""
        self._transactions = transactions
        self._on_close = on_close
        self._films = FilmCache()
        self.catalogue = SqlFilmCatalogue(transactions)
        self.outbox = SqlOutbox(transactions)
        self.feeds = SqlFeeds(transactions)
        self.installations = SqlInstallations(transactions)
        self.connections = SqlConnections(transactions)
        self.outbox_admin = OutboxAdmin(transactions)

    @asynccontextmanager
    async def reading(self, club_id: ClubId) -> AsyncIterator[SqlUnitOfWork]:
        """Open a club's data for reading, on a snapshot."""
        _check(club_id)
        async with self._transactions.read(club_id) as connection:
            yield unit_of_work(connection, club_id, self._films, writes=False)

    @asynccontextmanager
    async def writing(
        self, club_id: ClubId, patience: timedelta | None = None
    ) -> AsyncIterator[SqlUnitOfWork]:
        """Open a club's data for reading and writing, in one atomic transaction.

        `patience`: how long to wait for other writers, if not as long as usual.
        """
        _check(club_id)
        async with self._transactions.write(club_id, patience) as connection:
            work = unit_of_work(connection, club_id, self._films, writes=True)
            yield work
        if work.deliveries.planned:
            self._transactions.hints.give(HintTopic.DELIVERIES)

    async def clubs(self) -> Sequence[ClubId]:
        """Return the ids of all clubs with at least one member, sorted."""
        async with self._transactions.read(Across.HOST) as connection:
            return [ClubId(row.club_id) for row in await connection.execute(_CLUBS)]

    async def clubs_served(self, application: str) -> Sequence[ClubId]:
        """Return the ids of the clubs that an application is in now, sorted."""
        async with self._transactions.read(Across.HOST) as connection:
            rows = await connection.execute(_CLUBS_SERVED, {"application": application})
            return [ClubId(row.club_id) for row in rows]

    async def clubs_within(self, club_id: ClubId) -> Mapping[ClubId, datetime | None]:
        """Return the clubs of channels within a workspace's, with when each was ended (UTC)."""
        async with self._transactions.read(Across.HOST) as connection:
            rows = await connection.execute(_CLUBS_WITHIN, {"of_workspace": club_id})
            return {ClubId(row.club_id): row.left_at for row in rows}

    async def clubs_of(self, member_id: MemberId) -> Sequence[MemberClub]:
        """Return the clubs of this member, the one they chose last first."""
        async with self._transactions.read(Across.HOST) as connection:
            rows = await connection.execute(_CLUBS_OF_MEMBER, {"member_id": member_id})
            return [
                MemberClub(ClubId(row.club_id), row.name or "", row.home_at, row.within)
                for row in rows
            ]

    async def due_nights(self, now: datetime, most: int) -> Sequence[tuple[ClubId, Night]]:
        """Return at most `most` film nights of all clubs whose stage has ended (UTC), with their clubs."""
        async with self._transactions.read(Across.HOST) as connection:
            rows = await connection.execute(DUE, {"now": now, "most": most})
            return [(ClubId(row[0]), NIGHT.of(row[1:])) for row in rows]

    async def nights_with_events(
        self, now: datetime, most: int
    ) -> Sequence[tuple[ClubId, Night, str]]:
        """Return at most `most` film nights, not begun yet (UTC), with their clubs and events' ids."""
        async with self._transactions.read(Across.HOST) as connection:
            rows = await connection.execute(ENTERED, {"now": now, "most": most})
            return [(ClubId(row[0]), NIGHT.of(row[2:]), row[1] or "") for row in rows]

    async def web_key(self, digest: str) -> WebKey | None:
        """Find a key to a club's pages by its token's digest, expired or not."""
        async with self._transactions.read(Across.HOST) as connection:
            row = (await connection.execute(BY_DIGEST, {"digest": digest})).first()
            return WEB_KEY.of(row) if row else None

    async def purge_web_keys(self, before: datetime) -> int:
        """Delete keys that expired before this instant (UTC); return their number."""
        return await self._purge(OLD_WEB_KEYS, before)

    async def purge_receipts(self, before: datetime) -> int:
        """Delete receipts older than this instant (UTC); return their number."""
        return await self._purge(OLD_RECEIPTS, before)

    async def purge_drafts(self, before: datetime) -> int:
        """Delete drafts older than this instant (UTC); return their number."""
        return await self._purge(OLD_DRAFTS, before)

    async def purge_imports(self, before: datetime) -> int:
        """Delete imports older than this instant (UTC), with their rows; return their number."""
        return await self._purge(OLD_IMPORTS, before)

    async def purge_deliveries(self, before: datetime, followed: Collection[Purpose]) -> int:
        """Delete deliveries sent, cancelled or given up before this instant (UTC); return their number.

        Of those of a `followed` purpose the sent ones stay. They are looked for on a snapshot, which no writer
        waits for: it takes reading the whole table.
        """
        total = 0
        while True:
            values = {"before": before, "followed": sorted(followed), "most": _PURGE_BATCH}
            async with self._transactions.read(Across.HOST) as connection:
                old = [row[0] for row in await connection.execute(OLD_DELIVERIES, values)]
            async with self._transactions.write(Across.HOST) as connection:
                gone = await connection.execute(GONE_DELIVERIES, {"those": old})
            total += gone.rowcount
            if len(old) < _PURGE_BATCH:
                return total

    async def _purge(self, old: Delete, before: datetime) -> int:
        total = 0
        while True:
            async with self._transactions.write(Across.HOST) as connection:
                values = {"before": before, "most": _PURGE_BATCH}
                gone = (await connection.execute(old, values)).rowcount
            total += gone
            if gone < _PURGE_BATCH:
                return total

    async def forget_again(self, notes: Sequence[Forgotten]) -> int:
        """Forget members of a restored database who were forgotten after the backup; return their number."""
        count = 0
        for club_id in sorted({each.club_id for each in notes}):
            async with self._transactions.write(club_id) as connection:
                theirs = [each for each in notes if each.club_id == club_id]
                scope = Scope(connection, club_id)
                count += await forget_again(scope, theirs, f"gone:{secrets.token_hex(6)}")
        return count

    async def overwrite_forgotten(self) -> int:
        """Overwrite what members who were forgotten have left in the files; return their number."""
        async with self._transactions.read(Across.HOST) as connection:
            gone = [
                {"of_club": row.club_id, "of_digest": row.digest}
                for row in await connection.execute(FORGOTTEN)
            ]
        if not gone or not await self._transactions.overwrite():
            return 0
        async with self._transactions.write(Across.HOST) as connection:
            await connection.execute(OVERWRITTEN, gone)
        return len(gone)

    async def purge_clubs(self, before: datetime) -> int:
        """Delete all data of clubs that Matinee left before this instant (UTC); return their number."""
        async with self._transactions.read(Across.HOST) as connection:
            left = await left_clubs(connection, before)
        for club_id in left:
            async with self._transactions.write(club_id) as connection:
                if club_id in await left_clubs(connection, before):  # it may have come back
                    await forget_club(connection, club_id)
        if left:
            await self._transactions.overwrite()
        return len(left)

    def hints(self, topic: HintTopic) -> asyncio.Event:
        """Return an event that is set when any process hints at a change; never on some engines."""
        return self._transactions.hints.event(topic)

    @property
    def transactions(self) -> Transactions:
        """The transactions of its database, for work on whole tables."""
        return self._transactions

    async def close(self) -> None:
        """Close every connection."""
        await self._transactions.close()
        self._on_close()


def _check(club_id: ClubId) -> None:
    if not club_id:
        raise ValueError("a unit of work needs a club; the empty name owns the shared films")
