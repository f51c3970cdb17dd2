"""The store: one club's transaction, the films of all clubs, the outbox."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.deliveries import Delivery, Outcome
from bot.domain.films import Film
from bot.domain.ids import ClubId, DeliveryId, FilmId, MemberId, PlaceId
from bot.ports.tables import (
    Calendar,
    Clubs,
    Deliveries,
    Drafts,
    Films,
    Marks,
    Members,
    Receipts,
    Reminders,
    Reviews,
)


class UnitOfWork(Protocol):
    """One club's data in one transaction. It is committed when its context ends without error."""

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


class FilmCatalogue(Protocol):
    """The films that every club sees."""

    def all(self) -> AsyncIterator[Film]:
        """Walk over every film, by id."""
        ...

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return those that there are."""
        ...

    async def put(self, films: Iterable[Film], *, source: str, digest: str) -> None:
        """Insert or replace, all or nothing, and note that `source` is loaded as of `digest`."""
        ...

    async def loaded(self, source: str) -> str | None:
        """Return the digest that was noted when this source was last put."""
        ...

    async def digest(self) -> str:
        """Return a short text that changes when any film does."""
        ...

    async def digests(self) -> dict[FilmId, str]:
        """Return for every film a short text that changes when it does, by id."""
        ...


EVERYWHERE = ("",)
"""The reach of one who can speak to every club."""


class Outbox(Protocol):
    """The worker's side of the deliveries, over all clubs."""

    async def claim(
        self,
        owner: str,
        now: datetime,
        lease: timedelta,
        most: int,
        reach: Collection[str] = EVERYWHERE,
    ) -> Sequence[Delivery]:
        """Take due deliveries, fair by club, attempts + 1, leased to `owner` until now + lease.

        Only those of clubs within `reach`, as `Messenger.reach` has it.
        """
        ...

    async def renew(
        self, owner: str, delivery_ids: Collection[DeliveryId], until: datetime
    ) -> Collection[DeliveryId]:
        """Prolong leases; return those still held."""
        ...

    async def settle(
        self, owner: str, delivery_id: DeliveryId, outcome: Outcome, now: datetime
    ) -> bool:
        """Write down how it went; False when the lease was lost meanwhile."""
        ...

    async def postpone(self, club_id: ClubId, place: PlaceId, until: datetime) -> int:
        """Leave alone what is planned for this place until then; return how many."""
        ...

    async def fold(
        self, owner: str, delivery: Delivery, before: datetime, now: datetime
    ) -> Collection[DeliveryId]:
        """Let a delivery that `owner` holds carry others of its club, place and purpose.

        Those due `before` that nobody else holds and nobody has tried. None when the lease was lost.
        """
        ...

    async def release(self, owner: str) -> int:
        """Give back everything this owner has claimed, attempts uncounted; return how many."""
        ...


@dataclass(frozen=True, slots=True)
class MemberClub:
    """A club that a member may mean in private. `chosen_at`: when they said so (UTC)."""

    club_id: ClubId
    name: str
    chosen_at: datetime | None


class Store(Protocol):
    """The database, whichever it is."""

    def reading(self, club_id: ClubId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open one club's data to read, on a snapshot."""
        ...

    def writing(self, club_id: ClubId) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open one club's data to read and write, all or nothing."""
        ...

    @property
    def catalogue(self) -> FilmCatalogue: ...

    @property
    def outbox(self) -> Outbox: ...

    async def clubs(self) -> Sequence[ClubId]:
        """Return every club in which somebody has spoken, by id."""
        ...

    async def clubs_of(self, member_id: MemberId) -> Sequence[MemberClub]:
        """Return the clubs in which this member has spoken: the one they chose last first."""
        ...

    async def purge_receipts(self, before: datetime) -> int:
        """Forget requests carried out before this instant, in every club; return how many."""
        ...

    async def purge_drafts(self, before: datetime) -> int:
        """Forget what was kept before this instant, in every club; return how many."""
        ...

    async def purge_clubs(self, before: datetime) -> int:
        """Forget all of every club that was left before this instant; return how many clubs."""
        ...

    async def close(self) -> None: ...
