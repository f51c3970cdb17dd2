"""Shared catalogue: the films that every club sees."""

import hashlib
from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Text, cast, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.hints import HintTopic
from db.records import ACROSS_CLUBS, HostTable, listed, param, upsert
from db.schema.films import films, loaded_sources, releases
from db.tables.films.films import (
    FILM,
    INSERT_RELEASES,
    PORTION,
    RELEASE,
    SAVE_FILM,
    film_values,
    joined,
    portions,
    release_values,
)
from db.transactions import Across

_LONG_PORTION = 2_000
"""Short rows read in one transaction; other work runs in between."""

_SHARED = films.c.club_id == ""
_SHARED_RELEASE = releases.c.club_id == ""
_PAGE = (
    FILM.select()
    .where(_SHARED, films.c.film_id > param("after"))
    .order_by(films.c.film_id)
    .limit(PORTION)
    .execution_options(**ACROSS_CLUBS)
)
_PAGE_WITHOUT_IMDB = _PAGE.where(films.c.imdb_id.is_(None))
_BY_IMDB = (
    select(films.c.imdb_id, films.c.film_id)
    .where(_SHARED, films.c.stands_for.is_(None), films.c.imdb_id.in_(listed("imdb_ids")))
    .execution_options(**ACROSS_CLUBS)
)
_NUMBER = func.coalesce(films.c.imdb_id, cast(films.c.tmdb_id, Text))
_COUNTS = (
    select(films.c.source, func.count(), func.count(_NUMBER))
    .where(_SHARED)
    .group_by(films.c.source)
    .execution_options(**ACROSS_CLUBS)
)
_RELEASES = (
    RELEASE.select()
    .add_columns(releases.c.club_id, releases.c.film_id)
    .where(
        _SHARED_RELEASE,
        releases.c.film_id >= param("first_film"),
        releases.c.film_id <= param("last_film"),
    )
    .order_by(releases.c.film_id, releases.c.place)
    .execution_options(**ACROSS_CLUBS)
)
_MANY = (
    FILM.select()
    .where(_SHARED, films.c.film_id.in_(listed("film_ids")))
    .order_by(films.c.film_id)
    .execution_options(**ACROSS_CLUBS)
)
_DIGESTS = (
    select(films.c.film_id, films.c.digest)
    .where(_SHARED, films.c.film_id.in_(listed("film_ids")))
    .execution_options(**ACROSS_CLUBS)
)
_DIGEST_PAGE = (
    select(films.c.film_id, films.c.digest)
    .where(_SHARED, films.c.film_id > param("after"))
    .order_by(films.c.film_id)
    .limit(_LONG_PORTION)
    .execution_options(**ACROSS_CLUBS)
)
_SAVE_FILM = SAVE_FILM.execution_options(**ACROSS_CLUBS)
_INSERT_RELEASES = INSERT_RELEASES.execution_options(**ACROSS_CLUBS)
_DROP_RELEASES = (
    delete(releases)
    .where(_SHARED_RELEASE, releases.c.film_id.in_(listed("film_ids")))
    .execution_options(**ACROSS_CLUBS)
)
_SAVE_DIGEST = upsert(loaded_sources)
_DIGEST = select(loaded_sources.c.digest).where(loaded_sources.c.source == param("source"))
_WHOLE = ""
_HEX_DIGITS = 32


class SqlFilmCatalogue(HostTable):
    """Implements `bot.ports.store.FilmCatalogue`."""

    async def all(self) -> AsyncIterator[Film]:
        """Yield every film, by id. Reads page by page: a slow consumer keeps no transaction open."""
        async for film in self._pages(_PAGE):
            yield film

    async def without_imdb(self) -> AsyncIterator[Film]:
        """Yield every film whose number at IMDb is unknown, as `all` does."""
        async for film in self._pages(_PAGE_WITHOUT_IMDB):
            yield film

    async def _pages(self, statement: Select[Any]) -> AsyncIterator[Film]:
        after = FilmId("")
        while page := await self._page(statement, after):
            for film in page:
                yield film
            after = page[-1].film_id

    async def many(self, film_ids: Collection[FilmId]) -> dict[FilmId, Film]:
        """Return the films that exist."""
        found: dict[FilmId, Film] = {}
        for portion in portions(sorted(set(film_ids))):
            async with self._transactions.read(Across.HOST) as connection:
                rows = await connection.execute(_MANY, {"film_ids": portion})
                films = await _with_releases(connection, [FILM.of(row) for row in rows])
            found |= {film.film_id: film for film in films}
        return found

    async def by_imdb(self, imdb_ids: Collection[str]) -> dict[str, FilmId]:
        """Return the films that have these numbers of IMDb."""
        found: dict[str, FilmId] = {}
        for portion in portions(sorted(set(imdb_ids))):
            async with self._transactions.read(Across.HOST) as connection:
                rows = await connection.execute(_BY_IMDB, {"imdb_ids": portion})
                found |= {row.imdb_id: FilmId(row.film_id) for row in rows}
        return found

    async def counts(self) -> dict[str, tuple[int, int]]:
        """Return by source how many films, and how many with a number at IMDb or TMDB. Reads no film."""
        async with self._transactions.read(Across.HOST) as connection:
            rows = await connection.execute(_COUNTS)
            return {source: (count, numbered) for source, count, numbered in rows}

    async def put(self, films: Iterable[Film], *, source: str, digest: str) -> None:
        """Insert or replace films in one transaction, and store the digest of their source.

        ValueError for a club's own films, and for an empty source.
        """
        if not source:
            raise ValueError("a source of films needs a name")
        offered = {film.film_id: film for film in films}
        own = [film.label for film in offered.values() if film.club_id is not None]
        if own:
            raise ValueError(f"a club's own films cannot be everyone's: {', '.join(own)}")
        async with self._transactions.write(Across.HOST) as connection:
            known = await _digests(connection, list(offered))
            changed = [row for row in map(film_values, offered.values()) if _is_new(row, known)]
            await _save(connection, changed, offered)
            await _move_digest(connection, changed, known)
            await connection.execute(_SAVE_DIGEST, {"source": source, "digest": digest})
        if changed:
            self._transactions.hints.give(HintTopic.CATALOGUE)

    async def loaded(self, source: str) -> str | None:
        """Return the digest of a source as last put."""
        async with self._transactions.read(Across.HOST) as connection:
            noted = await connection.execute(_DIGEST, {"source": source})
            return noted.scalar_one_or_none()

    async def digest(self) -> str:
        """Return the digest of the whole catalogue; empty while there is no film."""
        return await self.loaded(_WHOLE) or ""

    async def digests(self) -> dict[FilmId, str]:
        """Return the digest of every film, by id."""
        found: dict[FilmId, str] = {}
        after = FilmId("")
        while True:
            async with self._transactions.read(Across.HOST) as connection:
                rows = (await connection.execute(_DIGEST_PAGE, {"after": after})).all()
            found |= {FilmId(film_id): digest for film_id, digest in rows}
            if len(rows) < _LONG_PORTION:
                return found
            after = FilmId(rows[-1].film_id)

    async def _page(self, statement: Select[Any], after: FilmId) -> Sequence[Film]:
        async with self._transactions.read(Across.HOST) as connection:
            found = [FILM.of(row) for row in await connection.execute(statement, {"after": after})]
            return await _with_releases(connection, found)


async def _with_releases(connection: AsyncConnection, found: list[Film]) -> list[Film]:
    """Add their releases to films, which are sorted by id."""
    if not found:
        return found
    reach = {"first_film": found[0].film_id, "last_film": found[-1].film_id}
    return joined(found, await connection.execute(_RELEASES, reach))


def _is_new(row: Mapping[str, Any], known: Mapping[str, str]) -> bool:
    return bool(known.get(row["film_id"]) != row["digest"])


async def _digests(connection: AsyncConnection, film_ids: Sequence[FilmId]) -> dict[str, str]:
    known: dict[str, str] = {}
    for portion in portions(film_ids):
        rows = await connection.execute(_DIGESTS, {"film_ids": portion})
        known |= {row.film_id: row.digest for row in rows}
    return known


async def _save(
    connection: AsyncConnection, rows: list[dict[str, Any]], offered: Mapping[FilmId, Film]
) -> None:
    if not rows:
        return
    changed = [FilmId(row["film_id"]) for row in rows]
    days = [values for film_id in changed for values in release_values(offered[film_id])]
    await connection.execute(_SAVE_FILM, rows)
    for portion in portions(changed):
        await connection.execute(_DROP_RELEASES, {"film_ids": portion})
    if days:
        await connection.execute(_INSERT_RELEASES, days)


async def _move_digest(
    connection: AsyncConnection, rows: list[dict[str, Any]], known: Mapping[str, str]
) -> None:
    """Update the digest of the whole catalogue.

    It is the sum of all films' digests: order does not matter, and only changed films are read.
    """
    if not rows:
        return
    former = (await connection.execute(_DIGEST, {"source": _WHOLE})).scalar_one_or_none()
    whole = int(former or "0", 16)
    for row in rows:
        film_id = row["film_id"]
        whole += _share(film_id, row["digest"])
        if film_id in known:
            whole -= _share(film_id, known[film_id])
    digest = f"{whole % 16**_HEX_DIGITS:0{_HEX_DIGITS}x}"
    await connection.execute(_SAVE_DIGEST, {"source": _WHOLE, "digest": digest})


def _share(film_id: str, digest: str) -> int:
    """Return the addend of one film in the catalogue's digest."""
    return int(hashlib.sha256(f"{film_id} {digest}".encode()).hexdigest()[:_HEX_DIGITS], 16)
