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

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.live.placement import catalogued, refreshed
from bot.catalogue.titles.club_titles import ClubTitles
from bot.catalogue.titles.links import FilmLink, Source, film_link, slug_words
from bot.catalogue.titles.normalise import normalise
from bot.domain.errors import SourceError
from bot.domain.ids import FilmId
from bot.ports.film_source import FilmSource, SourceFilm
from bot.ports.store import Store

log = logging.getLogger(__name__)

TIMEOUT = timedelta(seconds=0.7)
"""Time that a command waits for a source; a later answer is kept for the next try."""

LONGEST_ASKED = 150
"""Characters of a title to ask for; longer text is hardly a title, and stays private."""

_MOST_OFFERS = 4


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

    async def _add(self, number: int) -> None:
        """Fetch a film and add it to the catalogue, the titles and the recommender's index."""
        offered = await self.source.film(number)
        async with self._adding:
            film = await catalogued(offered, self.store.catalogue, self.titles.shared)
            await self.store.catalogue.put([film], source=offered.source, digest=film.film_id)
            self.titles.add_films([film])
            self.indexes.add_films([film])


def _likeliest(found: Sequence[SourceFilm], title: str) -> list[SourceFilm]:
    """Keep the first few, those of exactly this title before the others."""
    wanted_title = normalise(title)
    ordered = sorted(found, key=lambda each: normalise(each.title) != wanted_title)
    return ordered[:_MOST_OFFERS]
