"""Look-ups of films that an import names and the catalogue lacks, outside of any transaction."""

import asyncio
from collections.abc import Sequence

from bot.catalogue.live.lookup import LiveFilms
from bot.catalogue.titles.normalise import normalise
from bot.domain.films.film import film_label
from bot.domain.imports import FilmEntry
from bot.ports.film_source import SourceFilm

AT_ONCE = 5
"""Look-ups at a time; the source keeps its own pace."""

MOST_ADDED = 3
"""Films of one title and year that are added, for the member to choose."""


async def look_up_entries(entries: Sequence[FilmEntry], live: LiveFilms) -> None:
    """Add the films of these entries to the catalogue, where the live source has them. Never raises."""
    places = asyncio.Semaphore(AT_ONCE)

    async def look_up(entry: FilmEntry) -> None:
        async with places:
            await _look_up(entry, live)

    await asyncio.gather(*map(look_up, entries))


async def _look_up(entry: FilmEntry, live: LiveFilms) -> None:
    if entry.imdb_id or entry.tmdb_id:
        await live.look(entry.imdb_id or f"tmdb:{entry.tmdb_id}")
        return
    offers = await live.look(film_label(entry.title, entry.year))
    same = [each for each in offers.films if _may_be(entry, each)]
    for each in same[:MOST_ADDED]:
        await live.look(f"tmdb:{each.number}")


def _may_be(entry: FilmEntry, offered: SourceFilm) -> bool:
    if normalise(entry.title) != normalise(offered.title):
        return False
    if entry.year is None or offered.year is None:
        return entry.year is None
    return abs(entry.year - offered.year) <= 1
