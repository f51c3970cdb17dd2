"""Films as one club sees them: shared ones and its own, with their releases."""

import asyncio
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    Integer,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from bot.domain.films.film import Film, Release
from bot.domain.ids import ClubId, FilmId
from db.records import CLUB, Record, Scope, listed, param, upsert
from db.schema.films import films, loaded_sources, releases
from db.tables.films.film_cache import FilmCache

Id = TypeVar("Id", bound=str)

_LONGEST_CHAIN = 3
PORTION = 400
"""Ids in one query: engines limit the number of bound values."""


def _limit(name: str) -> BindParameter[int]:
    return bindparam(name, type_=Integer)


FILM = Record(films, Film)
RELEASE = Record(releases, Release)
SAVE_FILM = upsert(films)
INSERT_RELEASES = insert(releases)

_own = films.alias("own")
_hidden = exists().where(_own.c.club_id == CLUB, _own.c.film_id == films.c.film_id)
_VISIBLE = or_(films.c.club_id == CLUB, and_(films.c.club_id == "", ~_hidden))
_MANY = (
    FILM.select().where(_VISIBLE, films.c.film_id.in_(listed("film_ids"))).order_by(films.c.film_id)
)
_WITHIN = select(films.c.film_id).where(
    _VISIBLE,
    films.c.stands_for.is_(None),
    or_(_limit("first_year").is_(None), films.c.year >= _limit("first_year")),
    or_(_limit("last_year").is_(None), films.c.year <= _limit("last_year")),
    or_(_limit("max_minutes").is_(None), films.c.minutes <= _limit("max_minutes")),
    or_(_limit("min_minutes").is_(None), films.c.minutes >= _limit("min_minutes")),
    or_(_limit("most_known").is_(None), func.coalesce(films.c.known, 1) <= _limit("most_known")),
)
_DIGEST = select(loaded_sources.c.digest).where(loaded_sources.c.source == "")
_OWN = FILM.select().where(films.c.club_id == CLUB).order_by(films.c.film_id)
_RELEASES = (
    RELEASE.select()
    .add_columns(releases.c.club_id, releases.c.film_id)
    .where(releases.c.club_id.in_(["", CLUB]), releases.c.film_id.in_(listed("film_ids")))
    .order_by(releases.c.place)
)
_COMING = (
    RELEASE.select()
    .add_columns(releases.c.club_id, releases.c.film_id)
    .where(
        releases.c.region == param("region"),
        releases.c.day.between(param("first_day"), param("last_day")),
        releases.c.club_id.in_(["", CLUB]),
    )
    .order_by(releases.c.day, releases.c.film_id, releases.c.place)
)
_DROP_RELEASES = delete(releases).where(
    releases.c.club_id == CLUB, releases.c.film_id == param("film_id")
)

_REMOVE = delete(films).where(films.c.club_id == CLUB, films.c.film_id == param("film_id"))


class SqlFilms:
    """Implements `bot.ports.Films`. A club's own film hides the shared one of the same id."""

    def __init__(self, scope: Scope, cache: FilmCache) -> None:
        """Work in one transaction of one club; `cache` is shared by all of them."""
        self._scope = scope
        self._cache = cache

    async def get(self, film_id: FilmId) -> Film | None:
        """Find by id."""
        return (await self.many([film_id])).get(film_id)

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return the films that exist; a merged film is replaced by the one it was merged into."""
        found = await self._as_stored(film_ids)
        # A club's own film may stand for one that the host has joined with another.
        for _ in range(_LONGEST_CHAIN):
            merged = {each: film.stands_for for each, film in found.items() if film.stands_for}
            if not merged:
                break
            others = await self._as_stored(set(merged.values()))
            found |= {each: others[other] for each, other in merged.items() if other in others}
        return found

    async def _as_stored(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        noted = await self._scope.rows(_DIGEST)
        digest = str(noted[0].digest) if noted else ""
        found = self._cache.found(digest, film_ids)
        if found:
            found |= {film.film_id: film for film in await self.own() if film.film_id in found}
        for portion in portions(sorted(set(film_ids) - found.keys())):
            await asyncio.sleep(
                0
            )  # thousands of films take a tenth of a second; others get their turn
            films_there = await self._scope.all(FILM, _MANY, film_ids=portion)
            read = await self._with_releases(films_there)
            self._cache.keep(digest, read)
            found |= {film.film_id: film for film in read}
        return found

    async def own(self) -> Sequence[Film]:
        """Return the club's own films by id, merged ones included."""
        return await self._with_releases(await self._scope.all(FILM, _OWN))

    async def within(
        self,
        *,
        first_year: int | None,
        last_year: int | None,
        max_minutes: int | None,
        min_minutes: int | None = None,
        most_known: int | None = None,
    ) -> Collection[FilmId]:
        """Return the films of these years and lengths, and at most so well known; None: no limit.

        A film without a year or a length passes no limit on it.
        """
        limits = {
            "first_year": first_year,
            "last_year": last_year,
            "max_minutes": max_minutes,
            "min_minutes": min_minutes,
            "most_known": most_known,
        }
        return frozenset(FilmId(row.film_id) for row in await self._scope.rows(_WITHIN, **limits))

    async def save(self, film: Film) -> None:
        """Insert or replace one of the club's own films; ValueError for any other."""
        self._scope.check(film.club_id)
        await self._scope.put(SAVE_FILM, **film_values(film))
        await self._scope.run(_DROP_RELEASES, film_id=film.film_id)
        if film.releases:
            await self._scope.connection.execute(INSERT_RELEASES, list(release_values(film)))

    async def remove(self, film_id: FilmId) -> None:
        """Delete the club's own film; one that everybody sees appears again in its place."""
        await self._scope.run(_REMOVE, film_id=film_id)

    async def releases(self, region: str, start: date, end: date) -> Sequence[tuple[Film, Release]]:
        """Return the releases in a region on these days, inclusive, by day."""
        rows = await self._scope.rows(_COMING, region=region, first_day=start, last_day=end)
        seen = await self.many([row.film_id for row in rows])
        return [
            (film, RELEASE.of(row))
            for row in rows
            if (film := seen[row.film_id]).film_id == row.film_id and film.club_id == row.club_id
        ]

    async def _with_releases(self, found: Sequence[Film]) -> list[Film]:
        rows: list[Any] = []
        for portion in portions([film.film_id for film in found]):
            rows += await self._scope.rows(_RELEASES, film_ids=portion)
        return joined(found, rows)


def film_values(film: Film) -> dict[str, Any]:
    """Return the column values of a film's row."""
    return {**FILM.values(film), "digest": digest(film)}


def release_values(film: Film) -> Iterator[dict[str, Any]]:
    """Yield the column values of a film's release rows."""
    for place, release in enumerate(film.releases):
        key = {"club_id": film.club_id, "film_id": film.film_id, "place": place}
        yield {**RELEASE.values(release), **key}


def joined(found: Iterable[Film], rows: Iterable[Any]) -> list[Film]:
    """Add their releases to films, from rows of RELEASE + club_id + film_id in order of place."""
    days: dict[tuple[ClubId | None, FilmId], list[Release]] = {}
    for row in rows:
        days.setdefault((row.club_id, row.film_id), []).append(RELEASE.of(row))
    return [
        replace(film, releases=tuple(days.get((film.club_id, film.film_id), ()))) for film in found
    ]


def digest(film: Film) -> str:
    """Return the film's digest, 32 hex digits: it changes with any field."""
    values = [getattr(film, each.name) for each in fields(film)]
    return hashlib.sha256(repr(values).encode()).hexdigest()[:32]


def portions(things: Sequence[Id]) -> Iterator[Sequence[Id]]:
    """Cut ids into portions that fit one query."""
    for start in range(0, len(things), PORTION):
        yield things[start : start + PORTION]
