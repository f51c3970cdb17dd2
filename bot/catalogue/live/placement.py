"""Placement of a live source's film in the catalogue: merged with its own entry, or a new one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.catalogue.importing.matching.duplicates import DuplicateFinder
from bot.catalogue.importing.matching.merging import merged
from bot.catalogue.titles.index import TitleIndex
from bot.domain.errors import SourceLacks
from bot.domain.films.film import Film, Release
from bot.domain.ids import FilmId
from bot.ports.film_source import FilmSource
from bot.ports.store import FilmCatalogue


async def catalogued(offered: Film, catalogue: FilmCatalogue, titles: TitleIndex) -> Film:
    """Return the film as the catalogue should store it: under an id of its own, never twice.

    Texts and facts that the catalogue has win over the source's; the source's release days win.
    """
    namesakes = await catalogue.many(_namesakes(offered, titles))
    found = DuplicateFinder(namesakes.values()).match(offered)
    if found is None:
        return replace(offered, film_id=await _free_id(offered, catalogue))
    known = namesakes[found]
    if known.source == offered.source:
        return replace(offered, film_id=found)
    completed = replace(merged(known, offered), poster=offered.poster or known.poster)
    return replace(
        completed, releases=merged_releases(known.releases, offered.releases, offered.source)
    )


async def refreshed(film: Film, source: FilmSource) -> Film:
    """Return the film with the source's release days and, if it lacks one, its poster.

    Without news the same film is returned.
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
    releases = merged_releases(film.releases, days, days[0].source)
    return film if set(releases) == set(film.releases) else replace(film, releases=releases)


def merged_releases(
    known: Sequence[Release], fresh: Sequence[Release], source: str
) -> tuple[Release, ...]:
    """Merge release days: a source's days replace its former ones, and those of other sources.

    Days of other sources stay for regions and kinds that this source does not list.
    """
    listed = {(each.region, each.kind) for each in fresh}
    kept = [
        each for each in known if each.source != source and (each.region, each.kind) not in listed
    ]
    every = {*kept, *fresh}
    return tuple(sorted(every, key=lambda each: (each.day, each.region, each.kind, each.source)))


def _namesakes(film: Film, titles: TitleIndex) -> set[FilmId]:
    """Find the films of the catalogue that may be this one, by its ids and its titles."""
    ids = [f"tmdb:{film.tmdb_id}" if film.tmdb_id else None, film.imdb_id]
    linked = [titles.by_id(each) for each in ids if each]
    bearing = [each for title in film.titles for each in titles.exact(title)]
    # Another process may have added it since these titles were loaded.
    likely = {film.film_id, _numbered(film)}
    return likely | {each.film_id for each in (*linked, *bearing) if each}


async def _free_id(film: Film, catalogue: FilmCatalogue) -> FilmId:
    """Return the film's id; with the source's number where another film has that id."""
    if not await catalogue.many([film.film_id]):
        return film.film_id
    return _numbered(film)


def _numbered(film: Film) -> FilmId:
    return FilmId(f"{film.film_id}-t{film.tmdb_id}")
