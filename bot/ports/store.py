"""Store: transactions on one club's data, the shared catalogue, the outbox."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.clubs.web_keys import WebKey
from bot.domain.deliveries import Delivery, Outcome, Purpose
from bot.domain.films.film import Film
from bot.domain.ids import ClubId, DeliveryId, FilmId, MemberId, PlaceId
from bot.domain.nights import Night
from bot.ports.connections import PlatformConnections
from bot.ports.feeds import Feeds
from bot.ports.hints import HintTopic
from bot.ports.installations import SealedInstallations
from bot.ports.tables.clubs import Clubs, Marks, Members, Moderation, WebKeys
from bot.ports.tables.deliveries import Deliveries, Reminders
from bot.ports.tables.films import Calendar, Films
from bot.ports.tables.imports import Follows, Imports
from bot.ports.tables.nights import Nights
from bot.ports.tables.requests import Drafts, Receipts
from bot.ports.tables.reviews import Reviews


class UnitOfWork(Protocol):
    """One club's data in one transaction; committed when its context ends without an error."""

    @property
    def club_id(self) -> ClubId: ...
    @property
    def clubs(self) -> Clubs: ...
    @property
    def members(self) -> Members: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def films(self) -> Films: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def imports(self) -> Imports: ...
    @property
    def follows(self) -> Follows: ...
    @property
    def moderation(self) -> Moderation: ...
    @property
    def nights(self) -> Nights: ...
    @property
    def web_keys(self) -> WebKeys: ...


class FilmCatalogue(Protocol):
    """Films that every club sees."""

    def all(self) -> AsyncIterator[Film]:
        """Yield every film, by id."""

    def without_imdb(self) -> AsyncIterator[Film]:
        """Yield every film whose number at IMDb is unknown, by id."""

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return the films that exist."""

    async def by_imdb(self, imdb_ids: Collection[str]) -> dict[str, FilmId]:
        """Return the films that have these numbers of IMDb."""

    async def counts(self) -> dict[str, tuple[int, int]]:
        """Return by source, with the film's page if it names one: how many films, how many with a number."""

    async def put(self, films: Iterable[Film], *, source: str, digest: str) -> None:
        """Insert or replace films in one transaction, and store the digest of their source."""

    async def loaded(self, source: str) -> str | None:
        """Return the digest of a source as last put."""

    async def digest(self) -> str:
        """Return the digest of the whole catalogue: it changes with any film."""

    async def digests(self) -> dict[FilmId, str]:
        """Return the digest of every film, by id."""


EVERYWHERE = ("",)
"""Reach of a worker that can send to every club."""


class Outbox(Protocol):
    """Deliveries of all clubs, as workers see them. `owner` names a worker; instants are UTC."""

    async def claim(
        self,
        owner: str,
        now: datetime,
        lease: timedelta,
        most: int,
        reach: Collection[str] = EVERYWHERE,
    ) -> Sequence[Delivery]:
        """Lease at most `most` due deliveries to `owner` until now + lease, fairly by club.

        Their attempts grow by one. Only clubs within `reach`, in the form of `Messenger.reach`.
        """

    async def waiting_since(self, now: datetime, reach: Collection[str]) -> datetime | None:
        """Return since when a due delivery within reach has waited unclaimed; None if none does."""

    async def renew(
        self, owner: str, delivery_ids: Collection[DeliveryId], until: datetime
    ) -> Collection[DeliveryId]:
        """Extend leases; return the ids still leased."""

    async def bound_leases(self, until: datetime) -> int:
        """End at `until` the leases that end later, whoever has them; return their number."""

    async def settle(
        self, owner: str, delivery_id: DeliveryId, outcome: Outcome, now: datetime
    ) -> bool:
        """Store the outcome; False if the lease was lost, and then nothing is stored."""

    async def postpone(self, club_id: ClubId, place: PlaceId, until: datetime) -> int:
        """Postpone what is planned for this place until then; return the number."""

    async def fold(
        self, owner: str, delivery: Delivery, before: datetime, now: datetime, most: int
    ) -> Collection[DeliveryId]:
        """Fold into a delivery leased to `owner`, as a digest, others of its club, place and purpose.

        Only those due `before`, never tried and leased to nobody else, the earliest first, with at
        most `most` reminders together. Return their ids; none if the lease was lost.
        """

    async def release(self, owner: str, begun: Collection[DeliveryId] = ()) -> int:
        """Release every lease of this owner; return the number.

        An attempt that never began does not count. Those `begun` are left uncertain: they may have
        been sent, and come back when their leases end.
        """


@dataclass(frozen=True, slots=True)
class MemberClub:
    """Club of a member, and when they last chose it for private use (UTC).

    `within`: the workspace's club, of one that a channel is by itself.
    """

    club_id: ClubId
    name: str
    chosen_at: datetime | None
    within: ClubId | None = None


class Store(Protocol):
    """Database of all clubs. Everything may raise StoreError."""

    def reading(self, club_id: ClubId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a club's data for reading, on a snapshot."""

    def writing(
        self, club_id: ClubId, patience: timedelta | None = None
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a club's data for reading and writing, in one atomic transaction.

        `patience`: how long to wait for other writers, if not as long as usual; then StoreError.
        """

    @property
    def catalogue(self) -> FilmCatalogue: ...

    @property
    def outbox(self) -> Outbox: ...

    @property
    def feeds(self) -> Feeds: ...

    @property
    def installations(self) -> SealedInstallations: ...

    @property
    def connections(self) -> PlatformConnections: ...

    def hints(self, topic: HintTopic) -> asyncio.Event:
        """Return an event that is set when any process hints at a change; whoever waits for it clears it."""

    async def clubs(self) -> Sequence[ClubId]:
        """Return the ids of all clubs with at least one member, sorted."""

    async def clubs_served(self, application: str) -> Sequence[ClubId]:
        """Return the ids of the clubs that an application of Matinee (`discord:7`) is in now, sorted."""

    async def clubs_within(self, club_id: ClubId) -> Mapping[ClubId, datetime | None]:
        """Return the clubs of channels within a workspace's, with when each was ended (UTC)."""

    async def clubs_of(self, member_id: MemberId) -> Sequence[MemberClub]:
        """Return the clubs of this member, the one they chose last first."""

    async def due_nights(self, now: datetime, most: int) -> Sequence[tuple[ClubId, Night]]:
        """Return at most `most` film nights of all clubs whose stage has ended (UTC), with their clubs."""

    async def nights_with_events(
        self, now: datetime, most: int
    ) -> Sequence[tuple[ClubId, Night, str]]:
        """Return at most `most` nights of all clubs that stand among the events of a server, with the events' ids.

        Those not begun at an instant (UTC), the soonest first.
        """

    async def web_key(self, digest: str) -> WebKey | None:
        """Find a key to a club's pages by its token's digest, expired or not."""

    async def purge_web_keys(self, before: datetime) -> int:
        """Delete the keys of all clubs that expired before this instant (UTC); return their number."""

    async def purge_receipts(self, before: datetime) -> int:
        """Delete the receipts of all clubs older than this instant (UTC); return their number."""

    async def purge_drafts(self, before: datetime) -> int:
        """Delete the drafts of all clubs older than this instant (UTC); return their number."""

    async def purge_imports(self, before: datetime) -> int:
        """Delete the imports of all clubs older than this instant (UTC), with their rows; return their number."""

    async def purge_deliveries(self, before: datetime, followed: Collection[Purpose]) -> int:
        """Delete the deliveries of all clubs that were sent, cancelled or given up before this instant (UTC).

        Return their number. Messages sent for a purpose that is `followed` stay known: they may have to be
        edited or deleted yet.
        """

    async def overwrite_forgotten(self) -> int:
        """Overwrite what members who were forgotten have left in the database's files; return their number.

        Writers wait meanwhile: a second for 150 MB.
        """

    async def purge_clubs(self, before: datetime) -> int:
        """Delete all data of clubs that Matinee left before this instant (UTC); return their number."""

    async def close(self) -> None: ...
