"""Keeps the days of release of films that somebody waits for as a live source knows them."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.catalogue.shelving import renewed
from bot.catalogue.starter import SOURCE as STARTER
from bot.domain.clubs import MarkKind
from bot.domain.errors import SourceError, SourceLacks, StoreError
from bot.domain.films import Film, Release
from bot.domain.ids import ClubId, FilmId
from bot.planning import Planner, replan
from bot.ports import Clock, FilmSource, Ids, Store, UnitOfWork

log = logging.getLogger(__name__)

FIRST = timedelta(seconds=5)
"""How long after the start the first round begins: whoever asks one question waits for none."""

PAUSE = timedelta(minutes=30)
"""Between rounds. The source answers from its cache for most of a day, so that a round costs
little, and a film that somebody has just begun to wait for has its days soon."""

MANY = 300
"""With more films than this, only those are asked for that the source says have changed."""

_LOOK_BACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Refresher:
    """Refreshes again and again, beside everything else."""

    store: Store
    source: FilmSource
    clock: Clock
    ids: Ids
    pause: timedelta = PAUSE

    async def run(self) -> None:
        """Go round until cancelled. A store that cannot be used now is left for the next time."""
        await asyncio.sleep(FIRST.total_seconds())
        while True:
            try:
                await refresh(self.store, self.source, self.clock, self.ids)
            except StoreError as error:
                log.warning("days of release are not refreshed for now: %s", error)
            await asyncio.sleep(self.pause.total_seconds())


async def refresh(store: Store, source: FilmSource, clock: Clock, ids: Ids) -> int:
    """Bring films with reminders or on watchlists up to date, and the reminders with them.

    Asks the source outside of any transaction; one that is away leaves everything as it is. Return
    how many films' days have changed. Doing it again changes nothing.
    """
    waited_for = await _waited_for(store, clock.now())
    films = await store.shelf.many(waited_for)
    changed = await _changed(films, source, clock.now().date())
    if not changed:
        return 0
    await store.shelf.put(changed.values(), source=source.name, digest=clock.now().isoformat())
    for club_id in await store.clubs():
        if any(club_id in waited_for[film_id] for film_id in changed):
            await _tell_club(club_id, changed, store, clock.now(), ids)
    return len(changed)


async def _waited_for(store: Store, now: datetime) -> dict[FilmId, set[ClubId]]:
    """Return the films that somebody wants to be reminded of or to see, and in which clubs."""
    found: dict[FilmId, set[ClubId]] = {}
    for club_id in await store.clubs():
        async with store.reading(club_id) as work:
            for film_id in await _of_club(work, now):
                found.setdefault(film_id, set()).add(club_id)
    return found


async def _of_club(work: UnitOfWork, now: datetime) -> set[FilmId]:
    reminders = await work.reminders.movable((now - timedelta(days=1)).date())
    members = await work.members.all()
    marks = await work.marks.of([each.member_id for each in members])
    wanted = {mark.film_id for mark in marks if mark.kind is MarkKind.WATCHLIST}
    return wanted | {each.film_id for each in reminders}


async def _changed(
    films: Mapping[FilmId, Film], source: FilmSource, today: date
) -> dict[FilmId, Film]:
    """Return the films whose days the source knows otherwise, with the new ones."""
    found: dict[FilmId, Film] = {}
    try:
        for film in await _worth_asking(films.values(), source, today):
            days = await _days(film, source)
            releases = renewed(film.releases, days, days[0].source) if days else film.releases
            if set(releases) != set(film.releases):
                found[film.film_id] = replace(film, releases=releases)
    except SourceError as error:
        log.info("days of release are not all refreshed: %s", error)
    return found


async def _worth_asking(
    films: Collection[Film], source: FilmSource, today: date
) -> Collection[Film]:
    """Leave out, among very many, those that have not changed since they were last asked for."""
    named = [film for film in films if film.tmdb_id or film.imdb_id]
    if len(named) <= MANY:
        return named
    changed = await source.changed_since(today - _LOOK_BACK)
    return [
        film
        for film in named
        if film.tmdb_id in changed or all(each.source == STARTER for each in film.releases)
    ]


async def _days(film: Film, source: FilmSource) -> tuple[Release, ...]:
    try:
        return tuple(await source.release_dates(film))
    except SourceLacks:
        return ()


async def _tell_club(
    club_id: ClubId, changed: Mapping[FilmId, Film], store: Store, now: datetime, ids: Ids
) -> None:
    """Bring a club's own copies of the films, and its reminders, in line with the new days."""
    async with store.writing(club_id) as work:
        for film in (await work.films.many(changed)).values():
            if film.club_id is not None:
                fresh = changed[film.film_id].releases
                await work.films.save(replace(film, releases=_with_notes(film.releases, fresh)))
        await replan(Planner(work, await work.clubs.get(), ids, now))


def _with_notes(own: Collection[Release], fresh: Collection[Release]) -> tuple[Release, ...]:
    """Keep what the club's members have noted themselves; all else is as everyone's film has it."""
    sources = {STARTER, *(each.source for each in fresh)}
    noted = [each for each in own if each.source not in sources]
    told = {(each.region, each.kind) for each in noted}
    return (*noted, *(each for each in fresh if (each.region, each.kind) not in told))
