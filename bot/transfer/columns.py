"""Columns of tables of no known service: known in some languages, else named by the member."""

from collections.abc import Iterable

from bot.domain.words.text import one_line, printable
from bot.transfer.tables import Table

FIELDS = {
    "title": "title",
    "year": "year",
    "rating": "rating",
    "watched": "watcheddate",
    "review": "review",
    "imdb": "imdbid",
    "tmdb": "tmdbid",
}
"""Fields that a member may name for a column, each with its column in the general format."""

_IN_OTHER_LANGUAGES = {
    "title": "titel titre titulo título titolo film filme filmtitel movie movietitle 标题 片名 название фильм",
    "year": "jahr année annee año ano anno 年份 год",
    "rating": "bewertung note nota calificación puntuación voto rate stars 个人评分 评分 оценка",
    "watcheddate": "gesehen gesehenam date vu vule fecha data visto vistoem vistoel 打分日期 дата",
    "review": "kritik rezension critique avis reseña crítica recensione opinion 我的短评 短评 отзыв",
}
"""Columns in other languages, each with its column in the general format."""

_FACTS = frozenset(
    "title name originaltitle year imdb imdbid tmdb tmdbid id url uri type titletype director directors genre genres "
    "country runtime runtimemins position".split()
)
"""Columns of facts, which no member has said."""


def known_columns(table: Table) -> Table:
    """Return a table with columns of other languages renamed to those of the general format."""
    names = {word: field for field, words in _IN_OTHER_LANGUAGES.items() for word in words.split()}
    meant: dict[str, str] = {}
    for column in table.columns:
        field = names.get(column)
        if field and field not in table.columns and field not in meant.values():
            meant[column] = field
    return table.renamed(meant)


def unread_columns(table: Table, said: Iterable[str]) -> list[str]:
    """Return a note where no column is one of those in which a member says something."""
    written = [
        (column, one_line(printable(title), 40))
        for column, title in zip(table.columns, table.titles, strict=False)
    ]
    others = [title for column, title in written if title and column not in _FACTS]
    if not others or {*said} & {*table.columns}:
        return []
    named = next((title for column, title in written if column == "title"), "Title")
    note = (
        f"no column of it is known to hold ratings, days or words ({', '.join(others[:10])}). If one does, "
        f"send the file again with: columns title={named}, rating={others[0]}"
    )
    return [note]
