"""Club membership: clubs that Matinee joined or left."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.delivery.planning import PlanningContext
from bot.domain.clubs.club import Club
from bot.domain.deliveries import Purpose
from bot.domain.ids import ClubId, PlaceId
from bot.ports.clock import Clock, Ids
from bot.ports.store import Store, UnitOfWork

NEW = timedelta(days=90)
"""Time after it joined in which a club that has not begun counts as new."""


@dataclass(frozen=True, slots=True)
class ClubMembership:
    """Records which clubs Matinee is in, as platforms report it. Everything may raise StoreError."""

    store: Store
    clock: Clock
    ids: Ids

    async def joined(
        self,
        club_id: ClubId,
        name: str,
        place: PlaceId | None,
        application: str,
        *,
        home: tuple[str, str] | None = None,
    ) -> None:
        """Record that an application of Matinee is in a club; the first time, plan a welcome at `place`.

        `home`: region and zone with which the club starts. Writes nothing where that is known already.
        """
        async with self.store.reading(club_id) as work:
            club = await work.clubs.get()
        known = (club.name, club.application) == (name, application)
        if club.joined_at and club.left_at is None and known:
            return
        now = self.clock.now()
        async with self.store.writing(club_id) as work:
            club = await work.clubs.get()
            present = replace(
                club,
                name=name,
                joined_at=club.joined_at or now,
                left_at=None,
                application=application,
            )
            if home and club.joined_at is None and _is_at_home_nowhere(club):
                present = replace(present, region=home[0], zone=home[1])
            await work.clubs.save(present)
            back = club.left_at
            if club.joined_at is None and place is not None:
                planning = PlanningContext(work, present, self.ids, now)
                welcome = planning.delivery(Purpose.WELCOME, club_id, place, now)
                await work.deliveries.plan(welcome)
        if back is not None:
            await self._reopen(club_id, back)

    async def greet(self, club_id: ClubId, place: PlaceId) -> None:
        """Plan a welcome at the place of somebody who runs the club, if it is new and nobody was welcomed."""
        async with self.store.reading(club_id) as work:
            if not await self._is_to_be_greeted(work):
                return
        async with self.store.writing(club_id) as work:
            if await self._is_to_be_greeted(work):
                now = self.clock.now()
                planning = PlanningContext(work, await work.clubs.get(), self.ids, now)
                welcome = planning.delivery(Purpose.WELCOME, club_id, place, now)
                await work.deliveries.plan(welcome)

    async def _is_to_be_greeted(self, work: UnitOfWork) -> bool:
        club = await work.clubs.get()
        is_new = club.joined_at is not None and self.clock.now() - club.joined_at < NEW
        if not is_new or club.left_at or club.channel:
            return False
        welcomed = await work.deliveries.of(Purpose.WELCOME, club.club_id)
        return not welcomed and not await work.reviews.latest_films(1)

    async def settle(self, club_id: ClubId, home: tuple[str, str]) -> None:
        """Let a club in which nobody has said anything yet start in a member's region and time zone."""
        region, zone = home
        async with self.store.reading(club_id) as work:
            club = await work.clubs.get()
            is_new = _is_at_home_nowhere(club) and not await work.members.all()
        if not is_new or (club.region, club.zone) == (region, zone):
            return
        async with self.store.writing(club_id) as work:
            await work.clubs.save(replace(await work.clubs.get(), region=region, zone=zone))

    async def of(self, application: str) -> Sequence[ClubId]:
        """Return the clubs that an application (`discord:7`) is in, as far as was recorded."""
        return await self.store.clubs_served(application)

    async def left(self, club_id: ClubId) -> None:
        """Record that Matinee was removed from a club; its data is purged later.

        From a workspace's, it was removed from those of its channels, too.
        """
        now = self.clock.now()
        for each in (club_id, *await self.channels_of(club_id)):
            await self._set_left(each, None, now)

    async def channels_of(self, club_id: ClubId) -> Sequence[ClubId]:
        """Return the clubs that channels of a workspace are of their own now."""
        return [each for each, ended in (await self._within(club_id)).items() if ended is None]

    async def channel_gone(self, club_id: ClubId, within: ClubId) -> None:
        """Record that a channel was deleted, if it was a club of its own."""
        if club_id in await self._within(within):
            await self.left(club_id)

    async def _within(self, club_id: ClubId) -> Mapping[ClubId, datetime | None]:
        return await self.store.clubs_within(club_id)

    async def _reopen(self, club_id: ClubId, left_at: datetime) -> None:
        """Bring back the clubs of channels that were left with their workspace's."""
        for each, ended in (await self._within(club_id)).items():
            if ended == left_at:
                await self._set_left(each, left_at, None)

    async def _set_left(
        self, club_id: ClubId, former: datetime | None, now: datetime | None
    ) -> None:
        async with self.store.writing(club_id) as work:
            club = await work.clubs.get()
            if club.left_at == former:
                await work.clubs.save(replace(club, left_at=now))

    async def present(self, application: str, here: Collection[ClubId]) -> None:
        """Record that of all its clubs, an application (`discord:7`) is in these only.

        The clubs of other applications, which share the database, are none of its business.
        """
        for club_id in await self.store.clubs():
            if club_id not in here:
                await self._leave_once(club_id, application)

    async def _leave_once(self, club_id: ClubId, application: str) -> None:
        async with self.store.reading(club_id) as work:
            club = await work.clubs.get()
        if club.left_at is None and club.application == application:
            await self.left(club_id)


def _is_at_home_nowhere(club: Club) -> bool:
    """Tell whether nobody has said where a club is."""
    blank = Club(club.club_id)
    return (club.region, club.zone) == (blank.region, blank.zone)
