"""Films from a MovieLens folder or ZIP: movies.csv, with links.csv, tags.csv, ratings.csv if any.

The data may be used for research, not commercially; its README.txt states the terms.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from bot.catalogue.importing.files.csv_rows import Row, csv_rows
from bot.catalogue.importing.files.limits import HOST, FileLimits
from bot.catalogue.importing.files.reader import ImportFile, Skipped, UnreadableFile
from bot.catalogue.importing.matching.duplicates import Offered
from bot.catalogue.importing.matching.namesakes import nearest_namesakes
from bot.catalogue.importing.regard import regard_by, shrunk
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from bot.domain.words.markup import plain_text
from bot.domain.words.patterns import lazy_pattern

SOURCE = "movielens"
LICENCE = "facts from MovieLens, research use"
MAIN_TABLE = "movies.csv"
TABLES = frozenset({MAIN_TABLE, "links.csv", "tags.csv", "ratings.csv"})

MOST_THEMES = 12
LONGEST_THEME = 40
LONGEST_TITLE = 250

FEWEST_RATINGS = 5
"""Ratings of a film below which its mean says nothing."""

REGARD_STEPS = (2.85, 3.3, 3.6, 3.9)
_MIDDLE, _HALF = 3.4, 5
"""Mean stars at which the next step of regard begins, and what a mean is drawn to first, by so many ratings:
so the films that the starter catalogue has as well are spread over the steps as their regard there is."""

_YEAR = lazy_pattern(r"\s*\((?P<year>(?:18|19|20)\d\d)(?:[-–]\d{0,4})?\)\s*$")
_BRACKETED = lazy_pattern(r"\s*\((?P<inside>[^()]*(?:\([^()]*\)[^()]*)*)\)$")
_ALSO = lazy_pattern(r"^(?:a\.?k\.?a\.?|also known as)[\s:]+", re.IGNORECASE)
_PART_OF_TITLE = lazy_pattern(r"(?:\bor|[:,*])$", re.IGNORECASE)
_TURNED = lazy_pattern(
    r"^(?P<title>.+), (?P<article>The|An?|L[eao]s?|L'|Il|I|Gli|El|Der|Die|Das|Den|Det|De|Het|Une?|"
    r"O|Os|As|Um|Uma)$"
)
_ID = lazy_pattern(r"\d{1,10}", re.ASCII)
_RATING = lazy_pattern(r"[0-5](?:\.\d{1,3})?", re.ASCII)

_GENRES = MappingProxyType(
    {
        "children": "family",
        "sci-fi": "science fiction",
        **{
            each: each
            for each in (
                *("action", "adventure", "animation", "comedy", "crime", "documentary", "drama"),
                *("fantasy", "horror", "musical", "mystery", "romance", "thriller", "war"),
                "western",
            )
        },
    }
)
_THEME_OF_GENRE = MappingProxyType({"film-noir": "film noir"})
_NO_THEME = lazy_pattern(
    r"imdb|netflix|dvd|own(?:ed)?\b|seen|watch|to see|rating|stars?\b|oscar|afi|criterion|library|"
    r"overrated|underrated|boring|stupid|awful|\bbad\b|good|great|best|worst|too long|\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Extras:
    """Facts from the other tables, by MovieLens' number of the film; `stars` sums its ratings."""

    links: Mapping[str, tuple[str | None, int | None]]
    tags: Mapping[str, Sequence[str]]
    ratings: Mapping[str, int]
    stars: Mapping[str, float]

    def regard(self, number: str) -> int | None:
        """Return how well regarded a film is; None where too few have rated it."""
        count = self.ratings.get(number, 0)
        if count < FEWEST_RATINGS:
            return None
        mean = self.stars[number] / count
        return regard_by(shrunk(mean, count, _MIDDLE, _HALF), REGARD_STEPS)


def is_movielens(members: Collection[ImportFile]) -> bool:
    """Tell whether the files are a MovieLens set."""
    return any(member.base == MAIN_TABLE for member in members)


def movielens_films(
    members: Sequence[ImportFile], limits: FileLimits = HOST
) -> Iterator[Offered | Skipped]:
    """Yield all films of a set, without ids. Raises UnreadableFile."""
    tables = {member.base: member for member in members}
    if MAIN_TABLE not in tables:
        raise UnreadableFile("this set", f"there is no {MAIN_TABLE} in it.")
    found: list[Film] = []
    extras = yield from _extras(tables, limits)
    for row in _rows(tables[MAIN_TABLE], ("movieId", "title", "genres"), limits):
        made = row if isinstance(row, Skipped) else _film(row, extras, tables[MAIN_TABLE].name)
        if isinstance(made, Skipped):
            yield made
        else:
            found.append(made)
    titles = ((film.titles, film.year) for film in found)
    nearest = nearest_namesakes(titles, [film.tmdb_id for film in found])
    yield from map(Offered, found, nearest)


def split_title(text: str) -> tuple[tuple[str, ...], int | None]:
    """Split "Matrix, The (a.k.a. X) (1999)" into titles, main title first, and the year."""
    text = " ".join(plain_text(text).split())
    year = None
    if found := _YEAR.search(text):
        text, year = text[: found.start()], int(found["year"])
    others: list[str] = []
    while (found := _BRACKETED.search(text)) and found.start():
        head = text[: found.start()]
        if _PART_OF_TITLE.search(head):
            break
        text = head
        others.insert(0, _turned(_ALSO.sub("", found["inside"].strip())))
    return tuple(dict.fromkeys(each for each in (_turned(text), *others) if each)), year


def _turned(title: str) -> str:
    """Move a trailing article back to the front."""
    if not (found := _TURNED.match(title)):
        return title
    article = found["article"]
    return f"{article}{'' if article.endswith(chr(39)) else ' '}{found['title']}"


def _film(row: Row, extras: _Extras, file: str) -> Film | Skipped:
    number = row.cells["movieId"].strip()
    titles, year = split_title(row.cells["title"])
    if not _ID.fullmatch(number):
        return Skipped(file, row.line, f"the movieId {number[:20]!r} is no number")
    if not titles or len(titles[0]) > LONGEST_TITLE:
        return Skipped(file, row.line, "no title, or far too long a one")
    genres = [each.strip().lower() for each in row.cells["genres"].split("|")]
    themes = (*(_THEME_OF_GENRE[each] for each in genres if each in _THEME_OF_GENRE),)
    imdb_id, tmdb_id = extras.links.get(number, (None, None))
    return Film(
        film_id=FilmId(""),
        title=titles[0],
        year=year,
        other_titles=titles[1:],
        genres=tuple(dict.fromkeys(_GENRES[each] for each in genres if each in _GENRES)),
        themes=tuple(dict.fromkeys((*themes, *extras.tags.get(number, ()))))[:MOST_THEMES],
        imdb_id=imdb_id,
        tmdb_id=tmdb_id,
        popularity=extras.ratings.get(number),
        regard=extras.regard(number),
        source=f"{SOURCE}:{number}",
    )


def _extras(
    tables: Mapping[str, ImportFile], limits: FileLimits
) -> Generator[Skipped, None, _Extras]:
    links: dict[str, tuple[str | None, int | None]] = {}
    tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
    ratings, stars = Counter[str](), defaultdict[str, float](float)
    for row in _optional(tables, "links.csv", ("movieId", "imdbId", "tmdbId"), limits):
        if isinstance(row, Skipped):
            yield row
        else:
            links[row.cells["movieId"]] = _link(row.cells)
    for row in _optional(tables, "tags.csv", ("movieId", "tag"), limits):
        if isinstance(row, Skipped):
            yield row
        elif theme := _theme(row.cells["tag"]):
            tags[row.cells["movieId"]][theme] += 1
    for row in _optional(tables, "ratings.csv", ("movieId", "rating"), limits):
        if isinstance(row, Skipped):
            yield row
        elif _RATING.fullmatch(row.cells["rating"]):
            ratings[row.cells["movieId"]] += 1
            stars[row.cells["movieId"]] += float(row.cells["rating"])
    most = {number: _most_common(counts) for number, counts in tags.items()}
    return _Extras(links, most, ratings, stars)


def _optional(
    tables: Mapping[str, ImportFile], name: str, columns: Sequence[str], limits: FileLimits
) -> Iterator[Row | Skipped]:
    return _rows(tables[name], columns, limits) if name in tables else iter(())


def _rows(
    member: ImportFile, columns: Sequence[str], limits: FileLimits
) -> Iterator[Row | Skipped]:
    with member.open() as stream:
        yield from csv_rows(stream, member.name, columns, limits)


def _link(cells: Mapping[str, str]) -> tuple[str | None, int | None]:
    imdb, tmdb = cells["imdbId"].strip(), cells["tmdbId"].strip().removesuffix(".0")
    return (
        f"tt{int(imdb):07}" if _ID.fullmatch(imdb) and int(imdb) else None,
        int(tmdb) if _ID.fullmatch(tmdb) and int(tmdb) else None,
    )


def _theme(tag: str) -> str:
    """Return a tag as a theme; empty for one that is about the viewer, not about the film."""
    theme = " ".join(plain_text(tag).lower().split()).strip(" .,;:!")
    return theme if 2 < len(theme) <= LONGEST_THEME and not _NO_THEME.search(theme) else ""


def _most_common(counts: Counter[str]) -> tuple[str, ...]:
    ordered = sorted(counts, key=lambda theme: (-counts[theme], theme))
    return tuple(ordered[:MOST_THEMES])
