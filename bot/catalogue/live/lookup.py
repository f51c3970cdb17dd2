"""Films that the catalogue lacks, looked up at a live source outside of any transaction.

Films that a source offers for an unknown title become buttons; a film named by the source's own
number, by an IMDb id or by the address of its page is fetched and added to the catalogue, to the
titles and to the recommender's index at once.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from cachetools import TTLCache

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.live.placement import catalogued, refreshed
from bot.catalogue.titles.club_titles import ClubTitles
from bot.catalogue.titles.links import FilmLink, Source, film_link, slug_words
from bot.catalogue.titles.normalise import normalise
from bot.domain.errors import SourceError, SourceLacks
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.ports.film_source import FilmSource, SourceFilm
from bot.ports.store import Store

log = logging.getLogger(__name__)

TIMEOUT = timedelta(seconds=0.7)
"""Time that a command waits for a source; a later answer is kept for the next try."""

LONGEST_ASKED = 150
"""Characters of a title to ask for; longer text is hardly a title, and stays private."""

COMING = "coming:"
"""What the name of a region follows, of which the coming films are asked for."""

COMING_DAYS = 8 * 7
"""Days ahead within which films are asked for that come to the cinemas."""

_MOST_OFFERS = 4
_COMING_KEPT = timedelta(hours=12)


def _regions() -> "TTLCache[str, bool]":
    return TTLCache(300, _COMING_KEPT.total_seconds())


@dataclass(frozen=True, slots=True)
class Offers:
    """Films that a source offers for a title that the catalogue lacks.

    `missing`: reason why there are no more, for small print; `retry`: whether asking again may
    help; `typed`: the title asked for; `links`: whether films can be fetched by their links.
    """

    films: tuple[SourceFilm, ...] = ()
    missing: str = ""
    retry: bool = False
    typed: str = ""
    links: bool = True

    def for_title(self, typed: str) -> tuple[SourceFilm, ...]:
        """Return the offers, if they are for exactly this title."""
        return self.films if self.typed == typed.strip() else ()


NOT_ASKED = Offers()
NO_SOURCE = Offers(links=False)


@dataclass(slots=True)
class LiveFilms:
    """Live source as commands use it: offers for unknown titles, films fetched and added."""

    source: FilmSource
    store: Store
    titles: ClubTitles
    indexes: ClubIndexes
    timeout: timedelta = TIMEOUT
    _running: dict[str, asyncio.Task[Offers]] = field(default_factory=dict)
    _adding: asyncio.Lock = field(default_factory=asyncio.Lock)
    _seen_coming: "TTLCache[str, bool]" = field(default_factory=_regions)

    async def look(self, typed: str) -> Offers:
        """Ask the source; a late answer is kept for the next try. Never raises."""
        task = self._running.get(typed)
        if task is None:
            task = self._running[typed] = asyncio.create_task(self._guarded(self._look(typed)))
            task.add_done_callback(lambda _: self._running.pop(typed, None))
        done, _ = await asyncio.wait([task], timeout=self.timeout.total_seconds())
        if done:
            return task.result()
        return Offers(missing=f"{self.source.name} has not answered in time.", retry=True)

    async def close(self) -> None:
        """Cancel all requests under way."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _guarded(self, look: Coroutine[Any, Any, Offers]) -> Offers:
        """Turn a failure into small print: a command goes on without the source."""
        try:
            return await look
        except SourceError as error:
            log.info("%s: %s", self.source.name, error)
            return Offers(missing=str(error), retry=error.retry)
        except Exception as error:  # noqa: BLE001 - a source may fail in any way; commands go on
            log.warning("%s failed: %s", self.source.name, type(error).__name__)
            return Offers(missing=f"{self.source.name} failed me.", retry=True)

    async def _look(self, typed: str) -> Offers:
        link = film_link(typed)
        if typed.startswith(COMING):
            await self.add_coming(typed.removeprefix(COMING))
            return NOT_ASKED
        if link is not None and link.source is Source.OWN:
            await self._refresh(FilmId(link.name))
            return NOT_ASKED
        if link is not None and link.source is not Source.LETTERBOXD:
            await self._add(await self._number(link))
            return NOT_ASKED
        title, year = self.titles.shared.split_year(slug_words(link.name) if link else typed)
        found = list(await self.source.search(title, year))
        if not found and year is not None:
            found = list(await self.source.search(typed))
        if not found:
            return Offers(missing=f"{self.source.name} knows no film of that title either.")
        return Offers(tuple(await self._with_directors(_likeliest(found, title))), typed=typed)

    async def _number(self, link: FilmLink) -> int:
        if link.source is Source.TMDB:
            return int(link.name)
        return await self.source.number_of(link.name)

    async def _with_directors(self, offers: Sequence[SourceFilm]) -> Sequence[SourceFilm]:
        """Add the directors; the fetched films are then cached for when one is chosen."""
        return await asyncio.gather(*map(self._with_director, offers))

    async def _with_director(self, offer: SourceFilm) -> SourceFilm:
        try:
            film = await self.source.film(offer.number)
        except SourceError:
            return offer
        return replace(offer, directors=film.directors)

    async def _refresh(self, film_id: FilmId) -> None:
        """Bring the release days of a film in the catalogue up to date."""
        film = (await self.store.catalogue.many([film_id])).get(film_id)
        if film is None or not (film.tmdb_id or film.imdb_id):
            return
        fresh = await refreshed(film, self.source)
        if fresh != film:
            await self.store.catalogue.put([fresh], source=self.source.name, digest=film_id)

    async def add_coming(self, region: str) -> None:
        """Add the films that come to a region's cinemas, once in some hours. Raises SourceError."""
        if region in self._seen_coming:
            return
        numbers = await self.source.coming(region, COMING_DAYS)
        fetched = await asyncio.gather(*map(self._film_or_none, numbers))
        await self._put([film for film in fetched if film])
        self._seen_coming[region] = True

    async def _film_or_none(self, number: int) -> Film | None:
        try:
            return await self.source.film(number)
        except SourceLacks:
            return None

    async def _put(self, offered: Sequence[Film]) -> None:
        """Put the films that are new, or of which something is, in one transaction."""
        async with self._adding:
            placed: dict[FilmId, Film] = {}
            for each in offered:
                film = await catalogued(each, self.store.catalogue, self.titles.shared)
                placed.setdefault(film.film_id, film)
            there = await self.store.catalogue.many(placed)
            fresh = [film for film_id, film in placed.items() if there.get(film_id) != film]
            if fresh:
                digest = ",".join(sorted(film.film_id for film in fresh))
                await self.store.catalogue.put(fresh, source=self.source.name, digest=digest)
            # Another process may have put them, so that these indexes lack them still.
            self.titles.add_films(placed.values())
            self.indexes.add_films(placed.values())

    async def _add(self, number: int) -> None:
        """Fetch a film and add it to the catalogue, the titles and the recommender's index."""
        offered = await self.source.film(number)
        await self._put([offered])


def _likeliest(found: Sequence[SourceFilm], title: str) -> list[SourceFilm]:
    """Keep the first few, those of exactly this title before the others."""
    wanted_title = normalise(title)
    ordered = sorted(found, key=lambda each: normalise(each.title) != wanted_title)
    return ordered[:_MOST_OFFERS]
