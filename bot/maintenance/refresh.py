"""Refreshes release days and missing posters from a live film source."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.catalogue.live.placement import refreshed
from bot.catalogue.starter import SOURCE as STARTER
from bot.delivery.planning import PlanningContext, replan
from bot.delivery.waiting import pause
from bot.domain.clubs.club import MarkKind
from bot.domain.errors import SourceError, StoreError
from bot.domain.films.film import Film, Release
from bot.domain.ids import ClubId, FilmId
from bot.ports.clock import Clock, Ids
from bot.ports.film_source import FilmSource
from bot.ports.store import Store, UnitOfWork

log = logging.getLogger(__name__)

FIRST = timedelta(seconds=5)
"""Pause before the first round, so that it does not slow down a start."""

PAUSE = timedelta(minutes=30)
"""Pause between rounds. The source caches answers for most of a day, so a round costs little, and
a film that has just got its first reminder has its release days soon."""

MANY = 300
"""Number of films above which only those are refreshed that the source lists as changed."""

MOST_POSTERS = 50
"""Posters fetched in one round at most."""

_LOOK_BACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Refresher:
    """Refresh rounds, one every `pause`; `look_ahead` adds what comes out in a region."""

    store: Store
    source: FilmSource
    clock: Clock
    ids: Ids
    look_ahead: Callable[[str], Awaitable[None]]
    pause: timedelta = PAUSE

    async def run(self, stopping: asyncio.Event) -> None:
        """Run rounds until `stopping` is set. Errors are logged and left to the next round."""
        await pause(stopping, FIRST)
        while not stopping.is_set():
            try:
                await self._look_ahead()
                await refresh(self.store, self.source, self.clock, self.ids)
            except StoreError as error:
                log.warning("days of release are not refreshed for now: %s", error)
            except Exception as error:  # noqa: BLE001 - the next round may well succeed
                log.error("refreshing failed: %s", type(error).__name__)  # noqa: TRY400 - an error's text may hold what a member typed
            await pause(stopping, self.pause)

    async def _look_ahead(self) -> None:
        """Add what comes out in the regions of the clubs, for their weekly lists."""
        regions: set[str] = set()
        for club_id in await self.store.clubs():
            async with self.store.reading(club_id) as work:
                regions.add((await work.clubs.get()).region)
        try:
            for region in sorted(regions):
                await self.look_ahead(region)
        except SourceError as error:
            log.info("coming films are not all known: %s", error)


async def refresh(store: Store, source: FilmSource, clock: Clock, ids: Ids) -> int:
    """Refresh films with reminders or on watchlists, and their reminders; return how many changed.

    Reviewed films get a missing poster. The source is asked outside of any transaction; if it is
    away, nothing changes. Idempotent.
    """
    awaited, reviewed = await _concerned(store, clock.now())
    films = await store.catalogue.many({*awaited, *reviewed})
    bare = [film for film in films.values() if film.film_id in reviewed and not film.poster]
    waiting = [film for film in films.values() if film.film_id in awaited]
    changed = await _changed(waiting, bare, source, clock.now().date())
    if not changed:
        return 0
    await store.catalogue.put(
        await _updated(changed, store), source=source.name, digest=clock.now().isoformat()
    )
    waiting_clubs = {club_id for film_id in changed for club_id in awaited.get(film_id, ())}
    await update_clubs(changed, store, clock.now(), ids, waiting_clubs)
    return len(changed)


async def update_clubs(
    changed: Mapping[FilmId, Film],
    store: Store,
    now: datetime,
    ids: Ids,
    waiting: Collection[ClubId] = (),
) -> None:
    """Bring the new days to clubs that have own copies of the films, and to those that wait for them.

    The reminders of other clubs are looked after by the next round of maintenance.
    """
    for club_id in await store.clubs():
        if club_id in waiting or await _has_own(club_id, changed, store):
            await _update_club(club_id, changed, store, now, ids)


async def _updated(changed: Mapping[FilmId, Film], store: Store) -> list[Film]:
    """Return the films as stored now, with the new releases and posters: other fields may have changed."""
    there = await store.catalogue.many(changed)
    return [
        replace(there[film_id], releases=film.releases, poster=film.poster)
        for film_id, film in changed.items()
        if film_id in there
    ]


async def _has_own(club_id: ClubId, film_ids: Collection[FilmId], store: Store) -> bool:
    """Return whether the club has an own copy of one of these films, with release days of its own."""
    async with store.reading(club_id) as work:
        films = await work.films.many(film_ids)
    return any(film.club_id is not None for film in films.values())


async def _concerned(store: Store, now: datetime) -> tuple[dict[FilmId, set[ClubId]], set[FilmId]]:
    """Return the awaited films with their clubs, and the reviewed films."""
    awaited: dict[FilmId, set[ClubId]] = {}
    reviewed: set[FilmId] = set()
    for club_id in await store.clubs():
        async with store.reading(club_id) as work:
            for film_id in await _awaited(work, now):
                awaited.setdefault(film_id, set()).add(club_id)
            reviewed |= set(await work.reviews.films())
    return awaited, reviewed


async def _awaited(work: UnitOfWork, now: datetime) -> set[FilmId]:
    reminders = await work.reminders.movable((now - timedelta(days=1)).date())
    members = await work.members.all()
    marks = await work.marks.of([each.member_id for each in members])
    wanted = {mark.film_id for mark in marks if mark.kind is MarkKind.WATCHLIST}
    return wanted | {each.film_id for each in reminders}


async def _changed(
    waiting: Collection[Film], bare: Collection[Film], source: FilmSource, today: date
) -> dict[FilmId, Film]:
    """Return the films about which the source knows something new, updated."""
    found: dict[FilmId, Film] = {}
    try:
        asked = {each.film_id: each for each in await _worth_asking(waiting, source, today)}
        asked |= {each.film_id: each for each in [*bare][:MOST_POSTERS] if each.tmdb_id}
        for film in asked.values():
            fresh = await refreshed(film, source)
            if fresh != film:
                found[film.film_id] = fresh
    except SourceError as error:
        log.info("films are not all refreshed: %s", error)
    return found


async def _worth_asking(
    films: Collection[Film], source: FilmSource, today: date
) -> Collection[Film]:
    """Return the films to ask for: of more than `MANY`, only those that may have changed."""
    named = [film for film in films if film.tmdb_id or film.imdb_id]
    if len(named) <= MANY:
        return named
    changed = await source.changed_since(today - _LOOK_BACK)
    return [
        film
        for film in named
        if film.tmdb_id in changed or all(each.source == STARTER for each in film.releases)
    ]


async def _update_club(
    club_id: ClubId, changed: Mapping[FilmId, Film], store: Store, now: datetime, ids: Ids
) -> None:
    """Update a club's own copies of the films, and its reminders, to the new days."""
    async with store.writing(club_id) as work:
        for film in (await work.films.many(changed)).values():
            if film.club_id is not None:
                fresh = changed[film.film_id]
                days = _keeping_notes(film.releases, fresh.releases)
                poster = fresh.poster or film.poster
                await work.films.save(replace(film, releases=days, poster=poster))
        await replan(PlanningContext(work, await work.clubs.get(), ids, now))


def _keeping_notes(own: Collection[Release], fresh: Collection[Release]) -> tuple[Release, ...]:
    """Return the fresh releases, except where the club's members have noted a day of their own."""
    sources = {STARTER, *(each.source for each in fresh)}
    noted = [each for each in own if each.source not in sources]
    own_keys = {(each.region, each.kind) for each in noted}
    return (*noted, *(each for each in fresh if (each.region, each.kind) not in own_keys))
