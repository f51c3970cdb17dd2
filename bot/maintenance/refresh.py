"""Keeps days of release as a live source knows them, and fetches the posters that films lack."""

import asyncio
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.catalogue.live.placement import refreshed
from bot.catalogue.starter import SOURCE as STARTER
from bot.delivery.planning import PlanningContext, replan
from bot.delivery.waiting import pause
from bot.domain.clubs import MarkKind
from bot.domain.errors import SourceError, StoreError
from bot.domain.films import Film, Release
from bot.domain.ids import ClubId, FilmId
from bot.ports.clock import Clock, Ids
from bot.ports.film_source import FilmSource
from bot.ports.store import Store, UnitOfWork

log = logging.getLogger(__name__)

FIRST = timedelta(seconds=5)
"""How long after the start the first round begins: whoever asks one question waits for none."""

PAUSE = timedelta(minutes=30)
"""Between rounds. The source answers from its cache for most of a day, so that a round costs
little, and a film that somebody has just begun to wait for has its days soon."""

MANY = 300
"""With more films than this, only those are asked for that the source says have changed."""

MOST_POSTERS = 50
"""Films whose posters are looked for in one round."""

_LOOK_BACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Refresher:
    """Refreshes again and again, beside everything else."""

    store: Store
    source: FilmSource
    clock: Clock
    ids: Ids
    pause: timedelta = PAUSE

    async def run(self, stopping: asyncio.Event) -> None:
        """Go round until `stopping` is set. A store that cannot be used now is left for later."""
        await pause(stopping, FIRST)
        while not stopping.is_set():
            try:
                await refresh(self.store, self.source, self.clock, self.ids)
            except StoreError as error:
                log.warning("days of release are not refreshed for now: %s", error)
            except Exception as error:  # noqa: BLE001 - the next round may well succeed
                log.error("refreshing failed: %s", type(error).__name__)  # noqa: TRY400 - an error's text may hold what a member typed
            await pause(stopping, self.pause)


async def refresh(store: Store, source: FilmSource, clock: Clock, ids: Ids) -> int:
    """Bring films with reminders or on watchlists up to date, and the reminders with them.

    Films that a club has reviewed get the posters they lack. Asks the source outside of any
    transaction; one that is away leaves everything as it is. Return how many films have changed.
    Doing it again changes nothing.
    """
    waited_for, shown = await _concerned(store, clock.now())
    films = await store.catalogue.many({*waited_for, *shown})
    bare = [film for film in films.values() if film.film_id in shown and not film.poster]
    waiting = [film for film in films.values() if film.film_id in waited_for]
    changed = await _changed(waiting, bare, source, clock.now().date())
    if not changed:
        return 0
    await store.catalogue.put(
        await _laid_over(changed, store), source=source.name, digest=clock.now().isoformat()
    )
    for club_id in await store.clubs():
        waits = any(club_id in waited_for.get(film_id, ()) for film_id in changed)
        if waits or await _has_own(club_id, changed, store):
            await _tell_club(club_id, changed, store, clock.now(), ids)
    return len(changed)


async def _laid_over(changed: Mapping[FilmId, Film], store: Store) -> list[Film]:
    """Lay what is new over the films as they are by now: somebody else may have completed them."""
    there = await store.catalogue.many(changed)
    return [
        replace(there[film_id], releases=film.releases, poster=film.poster)
        for film_id, film in changed.items()
        if film_id in there
    ]


async def _has_own(club_id: ClubId, film_ids: Collection[FilmId], store: Store) -> bool:
    """Tell whether the club keeps a copy of one of these films, with days of its own."""
    async with store.reading(club_id) as work:
        films = await work.films.many(film_ids)
    return any(film.club_id is not None for film in films.values())


async def _concerned(store: Store, now: datetime) -> tuple[dict[FilmId, set[ClubId]], set[FilmId]]:
    """Return which films somebody waits for, in which clubs; and which are shown with reviews."""
    waited_for: dict[FilmId, set[ClubId]] = {}
    shown: set[FilmId] = set()
    for club_id in await store.clubs():
        async with store.reading(club_id) as work:
            for film_id in await _waited_for(work, now):
                waited_for.setdefault(film_id, set()).add(club_id)
            shown |= set(await work.reviews.films())
    return waited_for, shown


async def _waited_for(work: UnitOfWork, now: datetime) -> set[FilmId]:
    reminders = await work.reminders.movable((now - timedelta(days=1)).date())
    members = await work.members.all()
    marks = await work.marks.of([each.member_id for each in members])
    wanted = {mark.film_id for mark in marks if mark.kind is MarkKind.WATCHLIST}
    return wanted | {each.film_id for each in reminders}


async def _changed(
    waiting: Collection[Film], bare: Collection[Film], source: FilmSource, today: date
) -> dict[FilmId, Film]:
    """Return the films that the source knows otherwise, with what is new about them."""
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


async def _tell_club(
    club_id: ClubId, changed: Mapping[FilmId, Film], store: Store, now: datetime, ids: Ids
) -> None:
    """Bring a club's own copies of the films, and its reminders, in line with the new days."""
    async with store.writing(club_id) as work:
        for film in (await work.films.many(changed)).values():
            if film.club_id is not None:
                fresh = changed[film.film_id]
                days = _with_notes(film.releases, fresh.releases)
                await work.films.save(replace(film, releases=days, poster=fresh.poster))
        await replan(PlanningContext(work, await work.clubs.get(), ids, now))


def _with_notes(own: Collection[Release], fresh: Collection[Release]) -> tuple[Release, ...]:
    """Keep what the club's members have noted themselves; all else is as everyone's film has it."""
    sources = {STARTER, *(each.source for each in fresh)}
    noted = [each for each in own if each.source not in sources]
    told = {(each.region, each.kind) for each in noted}
    return (*noted, *(each for each in fresh if (each.region, each.kind) not in told))
