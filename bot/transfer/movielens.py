"""MovieLens: ratings by numbers, with the titles and links in tables beside them."""

from collections.abc import Sequence

from bot.catalogue.importing.files.reader import UnreadableFile
from bot.catalogue.importing.movielens import split_title
from bot.domain.imports import FilmEntry
from bot.domain.words.markup import plain_text
from bot.transfer.formats import Rows
from bot.transfer.tables import Table, TableRow
from bot.transfer.values import day_of, rating_of, tmdb_of


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
        names, year = split_title(titles[film].cell("title")) if film in titles else ((), None)
        link = links.get(film)
        imdb = link.cell("imdbid") if link else ""
        try:
            rating = rating_of(row.cell("rating"), 5)
        except ValueError as error:
            rows.unread.append(f"{row.where}: {error}")
            continue
        rows.entries.append(
            FilmEntry(
                title=plain_text(names[0]) if names else "",
                year=year,
                imdb_id=f"tt{imdb:0>7}" if imdb.isdecimal() else None,
                tmdb_id=tmdb_of(link.cell("tmdbid")) if link else None,
                rating=rating,
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
