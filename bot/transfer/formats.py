"""Formats of tables: the columns that mark a service's file, and the meaning of each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.imports import FilmEntry
from bot.domain.words.markup import plain_text
from bot.domain.words.patterns import lazy_pattern
from bot.transfer.columns import unread_columns
from bot.transfer.tables import Table, TableRow
from bot.transfer.values import (
    DayOrder,
    day_of,
    day_order,
    flag_of,
    imdb_of,
    rating_of,
    scale_of,
    tmdb_of,
    two_ways,
    year_of,
)

_FILMS = frozenset(
    "movie movies film films feature featurefilm tvmovie tvspecial video short tvshort shortfilm".split()
)
TABLE = "a table"
"""Source of a table of no known service."""

_WITH_YEAR = lazy_pattern(r"(?P<title>\S.*?)\s*[(\[](?P<year>1[89]\d\d|20\d\d)[)\]]", re.DOTALL)
"""Title of a table without years: `Heat (1995)`."""

_PLANNED = frozenset("planning plantowatch watchlist planned plan wishlist".split())


@dataclass(frozen=True, slots=True)
class Format:
    """Format of a table. Each field names columns; the first that holds anything counts.

    `marks`: the columns by which the format is known. `scale`: the highest rating, None to be found from
    the values. `wanted_without_rating`: whether a row without a rating is of a watchlist.
    """

    source: str
    marks: tuple[str, ...]
    title: tuple[str, ...] = ("title", "name")
    year: tuple[str, ...] = ("year",)
    imdb: tuple[str, ...] = ("imdbid", "imdb")
    tmdb: tuple[str, ...] = ("tmdbid", "tmdb")
    kind: tuple[str, ...] = ()
    rating: tuple[str, ...] = ("rating",)
    scale: int | None = None
    watched: tuple[str, ...] = ()
    logged: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    rewatch: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    wanted: bool = False
    wanted_without_rating: bool = False


LETTERBOXD = Format(
    "Letterboxd",
    ("name", "letterboxduri"),
    scale=5,
    watched=("watcheddate",),
    logged=("date",),
    text=("review",),
    rewatch=("rewatch",),
    page=("letterboxduri",),
)

FORMATS = (
    replace(LETTERBOXD, marks=("name", "letterboxduri", "rewatch"), page=()),  # pages of entries
    LETTERBOXD,
    Format("Letterboxd", ("position", "name", "url"), wanted=True),
    Format(
        "IMDb",
        ("const",),
        imdb=("const",),
        kind=("titletype",),
        rating=("yourrating", "yourated"),
        scale=10,
        logged=("daterated", "modified", "created"),
        wanted_without_rating=True,
    ),
    Format(
        "Trakt",
        ("traktid",),
        kind=("type",),
        scale=10,
        watched=("watchedat",),
        logged=("ratedat", "listedat"),
        wanted_without_rating=True,
    ),
    Format(
        "TMDB",
        ("tmdbid", "yourrating"),
        title=("name", "title"),
        year=("releasedate",),
        kind=("type",),
        rating=("yourrating",),
        scale=10,
        logged=("daterated",),
        wanted_without_rating=True,
    ),
    Format("Movary", ("tmdbid", "watchedat"), watched=("watchedat",), text=("comment",), rating=()),
    Format("Movary", ("tmdbid", "userrating"), rating=("userrating",), scale=10),
    Format("Movary", ("tmdbid", "addedat"), wanted=True, logged=("addedat",)),
    Format(
        "Yamtrack",
        ("mediaid", "mediatype"),
        kind=("mediatype",),
        rating=("score",),
        scale=10,
        watched=("enddate", "watchdate"),
        text=("notes",),
        status=("status",),
    ),
    Format(
        "Simkl",
        ("simklid",),
        kind=("type",),
        scale=10,
        watched=("watcheddate",),
        text=("memo",),
        status=("watchlist",),
    ),
    Format(
        TABLE,
        ("title",),
        rating=("rating10", "rating", "yourrating", "score", "myrating"),
        kind=("type", "titletype"),
        watched=("watcheddate", "watchedon", "datewatched", "watched"),
        text=("review", "comment", "notes"),
        rewatch=("rewatch",),
    ),
)


@dataclass(slots=True)
class Rows:
    """Films of a table so far, with the rows that were left out or could not be read."""

    source: str
    entries: list[FilmEntry] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def leave_out(self, what: str) -> None:
        """Count a row that is no film."""
        self.left_out[what] = self.left_out.get(what, 0) + 1


def format_of(table: Table) -> Format | None:
    """Find the format of a table by its columns."""
    return next((each for each in FORMATS if table.has(*each.marks)), None)


def read_rows(
    table: Table, form: Format, *, wanted: bool = False, order: DayOrder | None = None
) -> Rows:
    """Read the films of a table; `wanted`: all of them are of a watchlist."""
    rows = Rows(form.source, unread=list(table.unread))
    scale = form.scale or _scale(table, form, rows)
    order = order or day_order(_cells(table, (*form.watched, *form.logged)))
    unclear: list[str] = []
    for row in table.rows:
        what = _left_out(row.cell(*form.kind)) if form.kind else ""
        if what:
            rows.leave_out(what)
            continue
        try:
            entry = _entry(row, form, scale, order, wanted=wanted)
        except ValueError as error:
            rows.unread.append(f"{row.where}: {error}")
            continue
        if not entry.title and not entry.imdb_id and not entry.tmdb_id:
            rows.unread.append(f"{row.where}: it names no film")
            continue
        rows.entries.append(entry)
        if entry.watched_on is None and not entry.unread_day and (day := row.cell(*form.watched)):
            unclear.append(day)
    if form.source == TABLE and not wanted:
        rows.notes += unread_columns(table, (*form.rating, *form.watched, *form.text))
    if unclear:
        rows.notes.append(
            f"{len(unclear)} days of watching, such as {unclear[0]}, cannot be read, and are left out"
        )
    return rows


def _scale(table: Table, form: Format, rows: Rows) -> int:
    """Guess the scale of the ratings, and say so."""
    if "rating10" in table.columns and "rating10" in form.rating:
        return 10
    texts = list(_cells(table, form.rating))
    scale = scale_of(texts)
    if texts:
        rows.notes.append(f"ratings are read as out of {scale}")
    return scale


def _cells(table: Table, columns: Sequence[str]) -> Iterator[str]:
    return (found for row in table.rows for each in columns if (found := row.cell(each)))


def _entry(
    row: TableRow, form: Format, scale: int, order: DayOrder | None, *, wanted: bool
) -> FilmEntry:
    rating = rating_of(row.cell(*form.rating), scale) if form.rating else None
    status = "".join(letter for letter in row.cell(*form.status).casefold() if letter.isalpha())
    planned = form.wanted or wanted or (bool(form.status) and status in _PLANNED)
    watched = row.cell(*form.watched)
    unrated = form.wanted_without_rating and rating is None and not watched
    title, year = plain_text(row.cell(*form.title)), year_of(row.cell(*form.year))
    if year is None and (named := _WITH_YEAR.fullmatch(title)):
        title, year = named["title"], int(named["year"])
    return FilmEntry(
        title=title,
        year=year,
        imdb_id=imdb_of(row.cell(*form.imdb, "url")),
        tmdb_id=_tmdb(row, form),
        wanted=(planned or unrated) and rating is None,
        rating=rating,
        watched_on=day_of(watched, order),
        unread_day=watched if order is None and two_ways(watched) else "",
        rewatch=flag_of(row.cell(*form.rewatch)),
        text=plain_text(row.cell(*form.text)),
        logged_on=day_of(row.cell(*form.logged), order),
        page=row.cell(*form.page),
        where=row.where,
    )


def _tmdb(row: TableRow, form: Format) -> int | None:
    """Read TMDB's id: Yamtrack names in a column whose id it is."""
    if form.source == "Yamtrack":
        return tmdb_of(row.cell("mediaid")) if row.cell("source").casefold() == "tmdb" else None
    return tmdb_of(row.cell(*form.tmdb))


def _left_out(kind: str) -> str:
    """Return what a row is that is no film, in words; empty for a film."""
    kind = "".join(letter for letter in kind.casefold() if letter.isalpha())
    if not kind or kind in _FILMS:
        return ""
    if any(word in kind for word in ("series", "episode", "show", "season", "tv", "anime")):
        return "series and episodes"
    return "games, videos and other things"
