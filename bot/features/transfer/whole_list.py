"""List of all rows of an import, as a table to look through."""

import asyncio
import csv
import io

from bot.domain.imports import Import, RowState
from bot.domain.reviews.ratings import show_rating
from bot.messages.replies import Document, Paragraph, Reply
from bot.messages.spans import Plain
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.exporting import safe_cell

_AT_ONCE = 100
"""Rows written between two turns of others."""

_COLUMNS = ("State", "Title", "Year", "Rating", "Watched", "Film", "Where")


async def whole_list(import_: Import, context: Context, work: UnitOfWork) -> Reply:
    """Return every row of an import as a table, beside its preview."""
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(_COLUMNS)
    after = -1
    while rows := await work.imports.rows(import_.import_id, list(RowState), _AT_ONCE, after):
        after = rows[-1].number
        films = await work.films.many([row.film_id for row in rows if row.film_id])
        for row in rows:
            entry = row.entry
            film = films[row.film_id].label if row.film_id in films else ""
            rating = show_rating(entry.rating, context.member.scale) if entry.rating else ""
            cells = [row.state.value, entry.title, entry.year, rating, entry.watched_on, film]
            table.writerow([safe_cell(each) for each in (*cells, entry.where)])
        await asyncio.sleep(0)
    document = Document("import.csv", "text/csv", written.getvalue())
    text = f"All rows of {import_.file}."
    return Reply((Paragraph((Plain(text),)), document), text, Visibility.ONLY_YOU, aside=True)
