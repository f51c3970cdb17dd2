"""TMDB as a source of films: an implementation of the FilmSource port."""

import hashlib
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from adapters.tmdb import mapping
from adapters.tmdb.cache import AnswerCache
from adapters.tmdb.client import TmdbClient
from adapters.tmdb.errors import not_found
from bot.catalogue.importing.matching.identity import person_key
from bot.catalogue.titles.normalise import normalise
from bot.domain.errors import SourceError, SourceLacks
from bot.domain.films.film import Film, Release
from bot.ports.clock import Clock
from bot.ports.film_source import FilmPage, SourceFilm

NAME = "TMDB"
CACHE = "tmdb.cache"

A_DAY = timedelta(days=1)
FRESH_RELEASES = timedelta(hours=20)
"""Age up to which release dates are fresh: under a day, so that a daily refresh asks for them."""

FRESH_CHANGES = timedelta(hours=1)
_MOST_PAGES = 500
_COMING_PAGES = 2
_MOST_LIKELY = 2
_IN_CINEMAS = "2|3"
_APPENDED = "credits,keywords,alternative_titles,release_dates,videos,watch/providers"


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
        film = mapping.film_of(await self._details(number))
        if film is None:
            raise not_found()
        return film

    async def page(self, film: Film, region: str) -> FilmPage:
        """Return TMDB's page of a film, as it is for a region. Raises SourceLacks."""
        page = mapping.page_of(await self._details_of(film), region)
        if page is None:
            raise not_found()
        return page

    async def coming(self, region: str, days: int) -> Sequence[int]:
        """Return the numbers of the films that come to a region's cinemas, best known first."""
        today = self.clock.now().date()
        query = {
            "region": region,
            "release_date.gte": today.isoformat(),
            "release_date.lte": (today + timedelta(days=days)).isoformat(),
            "with_release_type": _IN_CINEMAS,
            "sort_by": "popularity.desc",
            "include_adult": "false",
            "include_video": "false",
        }
        found: list[int] = []
        for page in range(1, _COMING_PAGES + 1):
            answer = await self._ask("/discover/movie", {**query, "page": str(page)}, A_DAY)
            found += [each.number for each in mapping.search_results(answer)]
            if page >= mapping.pages(answer):
                break
        return found

    async def _details(self, number: int) -> dict[str, Any]:
        return await self._ask(f"/movie/{number}", {"append_to_response": _APPENDED}, A_DAY)

    async def _details_of(self, film: Film) -> dict[str, Any]:
        """Return the details of a film of the catalogue, whose numbers may be wrong. Raises SourceLacks."""
        async for number in self._numbers(film):
            try:
                details = await self._details(number)
            except SourceLacks:
                continue
            offered = mapping.film_of(details)
            if offered is not None and _same_people(film, offered):
                return details
        raise not_found()

    async def _numbers(self, film: Film) -> AsyncIterator[int]:
        """Yield the numbers that may be the film's: its own, by its IMDb id, by title and year."""
        if film.tmdb_id is not None:
            yield film.tmdb_id
        if film.imdb_id is not None:
            with suppress(SourceLacks):
                yield await self.number_of(film.imdb_id)
        titles = {normalise(title) for title in film.titles}
        likely = [
            each.number
            for each in await self.search(film.title, film.year)
            if normalise(each.title) in titles and abs((each.year or 0) - (film.year or 0)) <= 1
        ]
        for number in likely[:_MOST_LIKELY]:
            yield number

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
            number = int((await self._details_of(film))["id"])
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


def _same_people(film: Film, offered: Film) -> bool:
    """Tell whether one of the directors is the same, where both films have any."""
    ours, theirs = (set(map(person_key, each.directors)) for each in (film, offered))
    return not ours or not theirs or bool(ours & theirs)


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
