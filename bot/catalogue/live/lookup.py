"""Films that the shelf lacks, looked up at a live source outside of any transaction.

What a source offers for an unknown title becomes buttons; a film named by the source's own number,
by an IMDb id or by a page's address is fetched, put on the shelf and known at once: to the titles,
and to everybody's picks.
"""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.catalogue.club_index import ClubIndexes
from bot.catalogue.live.placement import refreshed, shelved
from bot.catalogue.titles.club_titles import ClubTitles
from bot.catalogue.titles.links import FilmLink, Source, film_link, slug_words
from bot.catalogue.titles.normalise import normalise
from bot.domain.errors import SourceError
from bot.domain.ids import FilmId
from bot.ports.film_source import FilmSource, SourceFilm
from bot.ports.store import Store

log = logging.getLogger(__name__)

SURE_ENOUGH = 0.84
"""From this likeness on (0..1), a command that only reads goes ahead with the nearest title."""

PATIENCE = timedelta(seconds=0.7)
"""How long a command waits for a source; what comes later is kept for the next try."""

LONGEST_ASKED = 150
"""Characters of what is asked for: longer words are hardly a title, and nobody else's business."""

_MOST_OFFERS = 4


@dataclass(frozen=True, slots=True)
class Offers:
    """What sources had to say about a title that is not on the shelf.

    `missing`: why there is no more, for small print; `retry`: whether asking again may help;
    `typed`: what was asked for.
    """

    films: tuple[SourceFilm, ...] = ()
    missing: str = ""
    retry: bool = False
    typed: str = ""

    def for_title(self, typed: str) -> tuple[SourceFilm, ...]:
        """Return what was offered for this very title."""
        return self.films if self.typed == typed.strip() else ()


NOT_ASKED = Offers()
NO_SOURCE = Offers(
    missing="I looked in my own catalogue only; with a TMDB key I would look there too."
)


@dataclass(slots=True)
class LiveFilms:
    """Asks a source on behalf of commands, and makes what it gives known at once."""

    source: FilmSource
    store: Store
    titles: ClubTitles
    indexes: ClubIndexes
    patience: timedelta = PATIENCE
    _running: dict[str, asyncio.Task[Offers]] = field(default_factory=dict)
    _shelving: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def look(self, typed: str) -> Offers:
        """Ask the source; an answer that comes too late is kept for the next try. Never raises."""
        task = self._running.get(typed)
        if task is None:
            task = self._running[typed] = asyncio.create_task(self._guarded(self._look(typed)))
            task.add_done_callback(lambda _: self._running.pop(typed, None))
        done, _ = await asyncio.wait([task], timeout=self.patience.total_seconds())
        if done:
            return task.result()
        return Offers(missing=f"{self.source.name} has not answered in time.", retry=True)

    async def close(self) -> None:
        """Give up what is still being asked."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def _guarded(self, look: Coroutine[Any, Any, Offers]) -> Offers:
        """Turn what went wrong into small print: a command goes on without the source."""
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
            await self._renew(FilmId(link.name))
            return NOT_ASKED
        if link is not None and link.source is not Source.LETTERBOXD:
            await self._take(await self._number(link))
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
        """Say who made the films: fetched at once, they are also there when one is chosen."""
        return await asyncio.gather(*map(self._with_director, offers))

    async def _with_director(self, offer: SourceFilm) -> SourceFilm:
        try:
            film = await self.source.film(offer.number)
        except SourceError:
            return offer
        return replace(offer, directors=film.directors)

    async def _renew(self, film_id: FilmId) -> None:
        """Bring the days of a film on the shelf up to date."""
        film = (await self.store.catalogue.many([film_id])).get(film_id)
        if film is None or not (film.tmdb_id or film.imdb_id):
            return
        fresh = await refreshed(film, self.source)
        if fresh != film:
            await self.store.catalogue.put([fresh], source=self.source.name, digest=film_id)

    async def _take(self, number: int) -> None:
        """Fetch a film, put it on the shelf, and make it known."""
        offered = await self.source.film(number)
        async with self._shelving:
            film = await shelved(offered, self.store.catalogue, self.titles.shared)
            await self.store.catalogue.put([film], source=offered.source, digest=film.film_id)
            self.titles.take([film])
            self.indexes.take([film])


def _likeliest(found: Sequence[SourceFilm], title: str) -> list[SourceFilm]:
    """Keep the first few, those of just this title before the others."""
    wanted_title = normalise(title)
    ordered = sorted(found, key=lambda each: normalise(each.title) != wanted_title)
    return ordered[:_MOST_OFFERS]
