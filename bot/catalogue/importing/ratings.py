"""Ratings of a MovieLens set, as reviews without text, to evaluate picks on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bot.catalogue.importing import movielens
from bot.catalogue.importing.files.csv_rows import Row, csv_rows
from bot.catalogue.importing.files.limits import HOST, FileLimits
from bot.catalogue.importing.files.reader import ImportFile, Skipped, files_at
from bot.domain.films.film import Film
from bot.domain.ids import FilmId
from recommender import ReviewDocument

RATINGS, LINKS = "ratings.csv", "links.csv"


def has_ratings(path: Path) -> bool:
    """Tell whether a folder is a MovieLens set with ratings."""
    return all((path / name).is_file() for name in (movielens.MAIN_TABLE, RATINGS))


def ratings_of(
    path: Path, films: Iterable[Film], limits: FileLimits = HOST
) -> Iterator[ReviewDocument]:
    """Yield each rating of a known film, matched by IMDb id or by the set's own number.

    Raises UnreadableFile, OSError.
    """
    tables = {member.base: member for member in files_at(path, limits)}
    numbers = _numbers(tables, films, limits)
    for row in _rows(tables[RATINGS], ("userId", "movieId", "rating"), limits):
        film_id, half_stars = numbers.get(row.cells["movieId"].strip()), _half_stars(row)
        if film_id and half_stars:
            member = row.cells["userId"].strip()
            yield ReviewDocument(f"{member} {film_id}", film_id, member, "", half_stars)


def _numbers(
    tables: Mapping[str, ImportFile], films: Iterable[Film], limits: FileLimits
) -> Mapping[str, FilmId]:
    """Return film ids by MovieLens' numbers."""
    by_imdb: dict[str, FilmId] = {}
    numbers: dict[str, FilmId] = {}
    for film in films:
        source, _, number = film.source.partition(":")
        if source == movielens.SOURCE:
            numbers[number] = film.film_id
        if film.imdb_id:
            by_imdb[film.imdb_id] = film.film_id
    if LINKS in tables:
        for row in _rows(tables[LINKS], ("movieId", "imdbId"), limits):
            imdb = row.cells["imdbId"].strip()
            if imdb.isdecimal() and (film_id := by_imdb.get(f"tt{int(imdb):07}")):
                numbers[row.cells["movieId"].strip()] = film_id
    return numbers


def _rows(member: ImportFile, columns: Sequence[str], limits: FileLimits) -> Iterator[Row]:
    with member.open() as stream:
        for row in csv_rows(stream, member.name, columns, limits):
            if not isinstance(row, Skipped):
                yield row


def _half_stars(row: Row) -> int:
    """Return a rating of 0.5 to 5 in half-stars; 0 where it is invalid."""
    try:
        half_stars = float(row.cells["rating"]) * 2
    except ValueError:
        return 0
    return round(half_stars) if 1 <= half_stars <= 10 else 0
