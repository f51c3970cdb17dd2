"""MovieLens: ratings by numbers, with the titles and links in tables beside them."""

import re
from collections.abc import Sequence

from bot.catalogue.importing.files import UnreadableFile
from bot.domain.imports import FilmEntry
from bot.transfer.formats import Rows
from bot.transfer.tables import Table, TableRow
from bot.transfer.values import day_of, plain_text, rating_of, tmdb_of, year_of

_YEAR = re.compile(r"\s*\((\d{4})[^)]*\)\s*$")
_ARTICLE = re.compile(r"^(?P<title>.*\S), (?P<article>The|A|An)$")


def is_movielens(tables: Sequence[Table]) -> bool:
    """Tell whether these tables hold MovieLens ratings."""
    return any(each.has("movieid", "rating") for each in tables)


def read_movielens(tables: Sequence[Table], name: str) -> Rows:
    """Read the ratings of one person. Raises UnreadableFile for ratings of several, or without titles."""
    rows = Rows("MovieLens")
    ratings = [row for table in tables if table.has("movieid", "rating") for row in table.rows]
    people = {row.cell("userid") for row in ratings}
    if len(people) > 1:
        raise UnreadableFile(
            name, f"it holds the ratings of {len(people)} people. Send the rows of one userId."
        )
    titles = _by_film(tables, "title")
    links = _by_film(tables, "imdbid")
    if not titles and not links:
        raise UnreadableFile(
            name, "its ratings need movies.csv or links.csv. Send them in one ZIP."
        )
    for row in ratings:
        film = row.cell("movieid")
        title = plain_text(titles[film].cell("title")) if film in titles else ""
        year = _YEAR.search(title)
        link = links.get(film)
        imdb = link.cell("imdbid") if link else ""
        rows.entries.append(
            FilmEntry(
                title=_ARTICLE.sub(r"\g<article> \g<title>", _YEAR.sub("", title)),
                year=year_of(year[1]) if year else None,
                imdb_id=f"tt{imdb:0>7}" if imdb.isdecimal() else None,
                tmdb_id=tmdb_of(link.cell("tmdbid")) if link else None,
                rating=rating_of(row.cell("rating"), 5),
                logged_on=day_of(row.cell("timestamp")),
                where=row.where,
            )
        )
    return rows


def _by_film(tables: Sequence[Table], *columns: str) -> dict[str, TableRow]:
    return {
        row.cell("movieid"): row
        for table in tables
        if table.has("movieid", *columns)
        for row in table.rows
    }
