"""Films from IMDb's public data files, which are for personal and non-commercial use.

title.basics is needed; title.ratings, title.crew, title.principals, name.basics and title.akas add
votes, directors, cast and other titles. Each is read once and nothing of it is kept but what the
chosen films need, in about 180 bytes a film.
"""

import re
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from bot.catalogue.importing.files.limits import HOST, FileLimits
from bot.catalogue.importing.files.reader import ImportFile, Skipped, UnreadableFile
from bot.catalogue.importing.imdb.compact import CompactTexts, Links, NumberSet
from bot.catalogue.importing.imdb.tables import NOTHING, Cells, number_of, rows, text_of
from bot.catalogue.importing.regard import regard_by, shrunk
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.text import printable

SOURCE = "imdb"
LICENCE = "facts from IMDb, personal and non-commercial use"
COURTESY = (
    "Information courtesy of IMDb (https://www.imdb.com). Used with permission: for personal and "
    "non-commercial use."
)
BASICS = "title.basics"
TABLES = (BASICS, "title.ratings", "title.crew", "title.principals", "name.basics", "title.akas")

MOST_DIRECTORS, MOST_CAST, MOST_TITLES = 4, 8, 8
LONGEST_TITLE = 250
FIRST_YEAR, LAST_YEAR = 1870, 2100
FEWEST_VOTES_ELSEWHERE = 1_000
"""Votes that a short film, or one made for television or for disc, needs to be taken for a film."""

_MOST_VOTES = 2**31

FEWEST_JUDGES = 100
_MIDDLE, _HALF = 6.3, 100
"""Votes of a film below which its average says nothing, and what an average is drawn to, by so many votes."""

_SHARES = (0.2, 0.4, 0.6, 0.8)
"""Shares of the chosen films below each step of regard: IMDb's averages tell better from worse, not good
from bad."""

_AVERAGE = re.compile(rb"(?P<whole>10|[1-9])(?:\.(?P<tenths>\d))?")

_FILM = b"movie"
_OTHER_FILMS = frozenset({b"tvMovie", b"short", b"video"})
_CAST = frozenset({b"actor", b"actress", b"self"})
_BASICS = (
    "tconst titleType isAdult startYear primaryTitle originalTitle runtimeMinutes genres".split()
)
_TAKEN_APART = 4
"""Cells of `_BASICS` that say whether a title is taken."""

_GENRES: Mapping[str, str] = MappingProxyType(
    {"sci-fi": "science fiction", "music": "musical"}
    | {
        each: each
        for each in (
            *("action", "adventure", "animation", "biography", "comedy", "crime", "documentary"),
            *("drama", "family", "fantasy", "history", "horror", "musical", "mystery", "romance"),
            *("thriller", "war", "western"),
        )
    }
)
_THEMES: Mapping[str, str] = MappingProxyType(
    {"film-noir": "film noir", "sport": "sport", "short": "short film"}
)


@dataclass(frozen=True, slots=True)
class ImdbChoice:
    """Films to take: those with at least `votes`; other titles as in `regions` (ISO 3166-1, IMDb's)."""

    votes: int = 1_000
    regions: frozenset[str] = frozenset({"GB", "US", "XWW"})


DEFAULT_CHOICE = ImdbChoice()


@dataclass(slots=True)
class ImdbFilms:
    """Chosen films of a set of tables; `votes`, `averages`, people and titles by IMDb's number.

    `averages` holds tenths; `steps` the averages, drawn to the middle, at which the next step of regard
    begins.
    """

    tables: Mapping[str, ImportFile]
    limits: FileLimits
    skip: Callable[[Skipped], None]
    heard: Callable[[int], None]
    count: int = 0
    films: NumberSet = field(default_factory=NumberSet)
    votes: Links = field(default_factory=Links)
    averages: Links = field(default_factory=Links)
    steps: Sequence[float] = ()
    directors: Links = field(default_factory=Links)
    cast: Links = field(default_factory=Links)
    names: CompactTexts = field(default_factory=CompactTexts)
    titles: CompactTexts = field(default_factory=CompactTexts)

    def read(self, start: int = 0) -> Iterator[Film]:
        """Yield the chosen films in the order of title.basics, without ids, from the `start`th on."""
        place = 0
        for cells in rows(self.tables[BASICS], _BASICS, self.limits):
            if isinstance(cells, Skipped) or number_of(cells[0]) not in self.films:
                continue
            place += 1
            if place > start:
                yield self._film(cells)

    def _film(self, cells: Cells) -> Film:
        number = number_of(cells[0])
        title, original = _title(cells[4]), _title(cells[5])
        others = dict.fromkeys(_title(each) for each in self.titles.of(number))
        more = [each for each in others if each and each not in {title, original}][:MOST_TITLES]
        genres = [each.lower() for each in text_of(cells[7]).split(",")]
        votes = self.votes.of(number)
        return Film(
            film_id=FilmId(""),
            title=title,
            year=int(cells[3]),
            original_title=original if original and original != title else None,
            other_titles=tuple(more),
            directors=self._people(self.directors.of(number)[:MOST_DIRECTORS]),
            cast=self._people(self.cast.of(number)[:MOST_CAST]),
            genres=tuple(dict.fromkeys(_GENRES[each] for each in genres if each in _GENRES)),
            minutes=int(cells[6]) if cells[6].isdigit() and 0 < int(cells[6]) < 5_000 else None,
            themes=tuple(_THEMES[each] for each in genres if each in _THEMES),
            imdb_id=cells[0].decode(),
            popularity=votes[0] if votes else None,
            source=f"{SOURCE}:{cells[0].decode()}",
            regard=self._regard(number),
        )

    def _regard(self, number: int) -> int | None:
        mean = self.mean(number)
        return None if mean is None else regard_by(mean, self.steps)

    def mean(self, number: int) -> float | None:
        """Return a film's average, drawn to the middle; None where too few have voted."""
        votes, averages = self.votes.of(number), self.averages.of(number)
        if not averages or votes[0] < FEWEST_JUDGES:
            return None
        return shrunk(averages[0] / 10, votes[0], _MIDDLE, _HALF)

    def _people(self, numbers: Sequence[int]) -> tuple[str, ...]:
        names = (_plain(name) for number in numbers for name in self.names.of(number))
        return tuple(dict.fromkeys(name for name in names if name))


def imdb_films(
    members: Collection[ImportFile],
    choice: ImdbChoice,
    skip: Callable[[Skipped], None],
    heard: Callable[[int], None],
    limits: FileLimits = HOST,
) -> ImdbFilms:
    """Read the tables, each to its end; `skip` gets bad rows, `heard` the bytes read since.

    Raises UnreadableFile.
    """
    tables = tables_of(members)
    if BASICS not in tables:
        raise UnreadableFile("this folder", f"there is no {BASICS}.tsv.gz in it.")
    if choice.votes and "title.ratings" not in tables:
        raise UnreadableFile(
            "this folder", "there is no title.ratings.tsv.gz in it. Add it, or say --votes 0."
        )
    found = ImdbFilms(tables, limits, skip, heard)
    wanted = NumberSet()
    steps: dict[str, Callable[[], None]] = {
        "title.ratings": lambda: _read_ratings(found, choice.votes),
        BASICS: lambda: _read_basics(found, choice.votes),
        "title.crew": lambda: _read_crew(found, wanted),
        "title.principals": lambda: _read_principals(found, wanted),
        "name.basics": lambda: _read_names(found, wanted),
        "title.akas": lambda: _read_titles(found, choice.regions),
    }
    for name, step in steps.items():
        if name in tables:
            step()
    return found


def tables_of(members: Collection[ImportFile]) -> dict[str, ImportFile]:
    """Return the tables of IMDb among some files, by name without ending."""
    named = {member.base.removesuffix(".gz").removesuffix(".tsv"): member for member in members}
    return {name: named[name] for name in TABLES if name in named}


def _rows(found: ImdbFilms, name: str, columns: str) -> Iterator[Cells]:
    for cells in rows(found.tables[name], columns.split(), found.limits, found.heard):
        if isinstance(cells, Skipped):
            found.skip(cells)
        else:
            yield cells


def _read_ratings(found: ImdbFilms, fewest: int) -> None:
    for name, votes, average in _rows(found, "title.ratings", "tconst numVotes averageRating"):
        number = number_of(name)
        if number and votes.isdigit() and int(votes) >= fewest:
            found.votes.add(number, 0, min(int(votes), _MOST_VOTES))
            if tenths := _tenths(average):
                found.averages.add(number, 0, tenths)


def _tenths(average: bytes) -> int:
    """Return an average of 1 to 10 in tenths, 0 where it is none."""
    found = _AVERAGE.fullmatch(average)
    return 10 * int(found["whole"]) + int(found["tenths"] or 0) if found else 0


def _read_basics(found: ImdbFilms, fewest: int) -> None:
    rated, means = found.votes, array("f")
    for cells in _rows(found, BASICS, " ".join(_BASICS)):
        kind, adult, year = cells[1:_TAKEN_APART]
        if (kind != _FILM and kind not in _OTHER_FILMS) or adult == b"1" or not year.isdigit():
            continue
        number = number_of(cells[0])
        least = fewest if kind == _FILM else max(fewest, FEWEST_VOTES_ELSEWHERE)
        if not number or (least and max(rated.of(number), default=0) < least):
            continue
        if FIRST_YEAR <= int(year) <= LAST_YEAR and 0 < len(_title(cells[4])) <= LONGEST_TITLE:
            found.films.add(number)
            found.count += 1
            if (mean := found.mean(number)) is not None:
                means.append(mean)
    if means:
        found.steps = np.quantile(means, _SHARES).tolist()


def _read_crew(found: ImdbFilms, wanted: NumberSet) -> None:
    for name, directors in _rows(found, "title.crew", "tconst directors"):
        if directors != NOTHING and (number := number_of(name)) in found.films:
            for rank, each in enumerate(directors.split(b",")[:MOST_DIRECTORS]):
                _link(found.directors, number, rank, each, wanted)


def _read_principals(found: ImdbFilms, wanted: NumberSet) -> None:
    columns = "tconst category ordering nconst"
    for name, category, place, each in _rows(found, "title.principals", columns):
        if category in _CAST and place.isdigit() and (number := number_of(name)) in found.films:
            _link(found.cast, number, int(place), each, wanted)


def _link(links: Links, film: int, rank: int, name: bytes, wanted: NumberSet) -> None:
    if person := number_of(name):
        links.add(film, rank, person)
        wanted.add(person)


def _read_names(found: ImdbFilms, wanted: NumberSet) -> None:
    for name, called in _rows(found, "name.basics", "nconst primaryName"):
        if called != NOTHING and (number := number_of(name)) in wanted:
            found.names.add(number, called)


def _read_titles(found: ImdbFilms, regions: Collection[str]) -> None:
    chosen = {region.encode() for region in regions}
    for name, region, title in _rows(found, "title.akas", "titleId region title"):
        if region in chosen and (number := number_of(name)) in found.films:
            found.titles.add(number, title)


def _title(cell: bytes) -> str:
    return _plain(cell)[: LONGEST_TITLE + 1]


def _plain(cell: bytes) -> str:
    return " ".join(printable(text_of(cell)).split())
