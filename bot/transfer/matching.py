"""Matching of entries with films: by ids, else by title and year; what is not sure is asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.catalogue.titles.index import TitleIndex, TitleMatch
from bot.domain.ids import FilmId
from bot.domain.imports import FilmEntry, FilmFile, RowState

_NEAR_ENOUGH = 0.85
"""Score of a similar title that may be meant."""

_MOST_CANDIDATES = 5

MOST_LOOKED_FOR = 2_000
"""Entries of a file for which similar titles are looked for: nobody answers more questions."""


@dataclass(frozen=True, slots=True)
class Match:
    """Film of an entry: READY with it, LIKELY or UNCLEAR with candidates, or UNKNOWN."""

    state: RowState
    film_id: FilmId | None = None
    candidates: tuple[FilmId, ...] = ()


@dataclass(frozen=True, slots=True)
class MatchedFile:
    """File of films, with the match of each of its entries."""

    file: FilmFile
    matches: tuple[Match, ...]


_UNKNOWN = Match(RowState.UNKNOWN)


def matched(entries: Sequence[FilmEntry], titles: TitleIndex) -> list[Match]:
    """Match each entry; of two that would be one film, the later is UNCLEAR. About 0.1 ms an entry.

    Similar titles are looked for, at 1 ms each, for the first MOST_LOOKED_FOR entries that need it alone.
    """
    found: list[Match] = []
    taken: set[FilmId] = set()
    left = MOST_LOOKED_FOR
    for entry in entries:
        match = _match(entry, titles)
        if match is _UNKNOWN and entry.title and left:
            left -= 1
            match = _near(entry, titles)
        if match.film_id and (match.film_id in taken or entry.doubtful):
            match = Match(RowState.UNCLEAR, candidates=(match.film_id,))
        if match.state is RowState.LIKELY and entry.doubtful:
            match = replace(match, state=RowState.UNCLEAR)
        if match.film_id:
            taken.add(match.film_id)
        found.append(match)
    return found


def _match(entry: FilmEntry, titles: TitleIndex) -> Match:
    for link in _links(entry):
        if film := titles.by_id(link):
            return Match(RowState.READY, film.film_id)
    if not entry.title:
        return _UNKNOWN
    same = titles.exact(entry.title, entry.year) if entry.year else ()
    if len(same) == 1:
        return Match(RowState.READY, same[0].film_id)
    if same:
        return _unclear(same)
    bearing = titles.exact(entry.title)
    if entry.year is None:
        found = _unclear(bearing) if bearing else _UNKNOWN
        return replace(found, state=RowState.LIKELY) if len(found.candidates) == 1 else found
    close = [each for each in bearing if each.year and abs(each.year - entry.year) <= 1]
    if len(close) == 1 and len(bearing) == 1:
        return Match(RowState.READY, close[0].film_id)  # lists differ by a year: festival, cinema
    return _unclear(close) if close else _UNKNOWN


def _links(entry: FilmEntry) -> Iterator[str]:
    if entry.imdb_id:
        yield entry.imdb_id
    if entry.tmdb_id:
        yield f"tmdb:{entry.tmdb_id}"


def _near(entry: FilmEntry, titles: TitleIndex) -> Match:
    """Look for similar titles of about the same year."""
    similar = [
        each
        for each in titles.near(entry.title, _MOST_CANDIDATES)
        if each.score >= _NEAR_ENOUGH
        and (entry.year is None or (each.year is not None and abs(each.year - entry.year) <= 1))
    ]
    return _unclear(similar) if similar else _UNKNOWN


def _unclear(films: Sequence[TitleMatch]) -> Match:
    once = dict.fromkeys(each.film_id for each in films)
    return Match(RowState.UNCLEAR, candidates=tuple(once)[:_MOST_CANDIDATES])
