"""Which place on the shelf a film from a live source takes: one it has already, or a new one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.catalogue.importing.duplicates import Known, merged
from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import SourceLacks
from bot.domain.films import Film, Release
from bot.domain.ids import FilmId
from bot.ports.film_source import FilmSource
from bot.ports.store import FilmCatalogue


async def shelved(offered: Film, shelf: FilmCatalogue, titles: TitleIndex) -> Film:
    """Return the film as it should stand on the shelf: under an id of its own, never doubled.

    The texts and facts of a film that is there already win; the source's days of release do.
    """
    alike = await shelf.many(_namesakes(offered, titles))
    found = Known(alike.values()).match(offered)
    if found is None:
        return replace(offered, film_id=await _free_id(offered, shelf))
    known = alike[found]
    if known.source == offered.source:
        return replace(offered, film_id=found)
    completed = replace(merged(known, offered), poster=offered.poster or known.poster)
    return replace(completed, releases=renewed(known.releases, offered.releases, offered.source))


async def refreshed(film: Film, source: FilmSource) -> Film:
    """Return the film with its days as the source knows them, and with a poster if it has one.

    A film of which nothing is new is returned as it was.
    """
    try:
        if film.poster is None and film.tmdb_id:
            offered = await source.film(film.tmdb_id)
            days, film = offered.releases, replace(film, poster=offered.poster)
        else:
            days = tuple(await source.release_dates(film))
    except SourceLacks:
        return film
    if not days:
        return film
    releases = renewed(film.releases, days, days[0].source)
    return film if set(releases) == set(film.releases) else replace(film, releases=releases)


def renewed(known: Sequence[Release], fresh: Sequence[Release], source: str) -> tuple[Release, ...]:
    """Bring days of release up to date: a source's days replace its former ones and all others'.

    What others knew of a region and kind that the source says nothing about stays.
    """
    told = {(each.region, each.kind) for each in fresh}
    kept = [
        each for each in known if each.source != source and (each.region, each.kind) not in told
    ]
    every = {*kept, *fresh}
    return tuple(sorted(every, key=lambda each: (each.day, each.region, each.kind, each.source)))


def _namesakes(film: Film, titles: TitleIndex) -> set[FilmId]:
    """Find the films on the shelf that may be this one: by its ids, or by one of its titles."""
    ids = [f"tmdb:{film.tmdb_id}" if film.tmdb_id else None, film.imdb_id]
    linked = [titles.by_id(each) for each in ids if each]
    bearing = [each for title in film.titles for each in titles.exact(title)]
    # Another process may have put it there since these titles were read.
    likely = {film.film_id, _numbered(film)}
    return likely | {each.film_id for each in (*linked, *bearing) if each}


async def _free_id(film: Film, shelf: FilmCatalogue) -> FilmId:
    """Make sure that no other film bears the id: one that is taken gets the source's number."""
    if not await shelf.many([film.film_id]):
        return film.film_id
    return _numbered(film)


def _numbered(film: Film) -> FilmId:
    return FilmId(f"{film.film_id}-t{film.tmdb_id}")
