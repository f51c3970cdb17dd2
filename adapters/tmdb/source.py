"""TMDB as a source of films: an implementation of the FilmSource port."""

import hashlib
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from adapters.tmdb import mapping
from adapters.tmdb.cache import AnswerCache
from adapters.tmdb.client import TmdbClient
from adapters.tmdb.errors import not_found
from bot.domain.errors import SourceError
from bot.domain.films import Film, Release
from bot.ports.clock import Clock
from bot.ports.film_source import SourceFilm

NAME = "TMDB"
CACHE = "tmdb.cache"

A_DAY = timedelta(days=1)
FRESH_RELEASES = timedelta(hours=20)
"""Age up to which release dates are fresh: under a day, so that a daily refresh asks for them."""

FRESH_CHANGES = timedelta(hours=1)
_MOST_PAGES = 500
_APPENDED = "credits,keywords,alternative_titles,release_dates"


@dataclass(frozen=True, slots=True)
class TmdbSource:
    """FilmSource that answers from the cache while it is fresh or TMDB is down, else from TMDB."""

    client: TmdbClient
    cache: AnswerCache
    clock: Clock
    name: str = NAME

    async def search(self, title: str, year: int | None = None) -> Sequence[SourceFilm]:
        """Find films by a title, best match first."""
        query = {"query": title, "include_adult": "false", "page": "1"}
        if year is not None:
            query["year"] = str(year)
        return mapping.search_results(await self._ask("/search/movie", query, A_DAY))

    async def film(self, number: int) -> Film:
        """Return a film with its details. Raises SourceLacks."""
        query = {"append_to_response": _APPENDED}
        film = mapping.film_of(await self._ask(f"/movie/{number}", query, A_DAY))
        if film is None:
            raise not_found()
        return film

    async def number_of(self, imdb_id: str) -> int:
        """Return TMDB's number of a film. Raises SourceLacks."""
        query = {"external_source": "imdb_id"}
        number = mapping.found_number(await self._ask(f"/find/{imdb_id}", query, A_DAY))
        if number is None:
            raise not_found()
        return number

    async def release_dates(self, film: Film, region: str | None = None) -> Sequence[Release]:
        """Return a film's release dates in a region, or everywhere. Raises SourceLacks."""
        number = film.tmdb_id
        if number is None:
            if film.imdb_id is None:
                raise not_found()
            number = await self.number_of(film.imdb_id)
        answer = await self._ask(f"/movie/{number}/release_dates", {}, FRESH_RELEASES)
        return mapping.releases_of(answer, region)

    async def changed_since(self, day: date) -> Collection[int]:
        """Return the numbers of films that changed on this day or later."""
        changed: set[int] = set()
        page, last = 1, 1
        while page <= min(last, _MOST_PAGES):
            query = {"start_date": day.isoformat(), "page": str(page)}
            answer = await self._ask("/movie/changes", query, FRESH_CHANGES)
            changed |= mapping.changed_numbers(answer)
            page, last = page + 1, mapping.pages(answer)
        return changed

    async def _ask(self, path: str, query: dict[str, str], fresh: timedelta) -> dict[str, Any]:
        """Ask the cache, then TMDB; where TMDB is down, return an older answer if there is one."""
        name = _name(path, query)
        kept = await self.cache.get(name, self.clock.now())
        if kept is not None and timedelta() <= kept.age <= fresh:
            return kept.body
        try:
            answer = await self.client.get(path, query)
        except SourceError as error:
            if kept is None or not error.retry:
                raise
            return kept.body
        await self.cache.put(name, answer, self.clock.now())
        return answer


def _name(path: str, query: dict[str, str]) -> str:
    """Hash a request into its cache key, so that typed text cannot be read in the file."""
    question = f"{path}?{urlencode(sorted(query.items()))}"
    return hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()


@asynccontextmanager
async def open_tmdb(url: str, key: str, folder: Path, clock: Clock) -> AsyncIterator[TmdbSource]:
    """Open TMDB with its cache in the data folder; connects with the first request."""
    cache = AnswerCache(folder / CACHE)
    try:
        async with TmdbClient(url, key) as client:
            yield TmdbSource(client, cache, clock)
    finally:
        cache.close()
