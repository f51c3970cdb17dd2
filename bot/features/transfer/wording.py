"""Wording of an import's preview: counts, examples of each kind, questions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.domain.films.film import film_label
from bot.domain.imports import SAVED, FilmEntry, Import, ImportRow, RowState
from bot.domain.reviews.ratings import Scale, show_rating
from bot.domain.words.text import one_line
from bot.features.transfer.commands import MatchRowCommand, ReadDaysCommand
from bot.messages.plain_text import long_day
from bot.messages.replies import Block, Choice, Field, Option, Paragraph
from bot.messages.spans import Plain
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.values import DayOrder, day_of

EXAMPLES = 10
"""Most films named of each kind."""

_LEAVE_OUT = Option("None of these: leave it out", "")
_LABELS = {
    RowState.READY: "Ready",
    RowState.HERE: "Already here",
    RowState.LIKELY: "Probably",
    RowState.UNCLEAR: "Which film?",
    RowState.UNKNOWN: "Not known",
    RowState.SKIPPED: "Left out by you",
}
_NAMED = (
    RowState.READY,
    RowState.HERE,
    RowState.LIKELY,
    RowState.UNCLEAR,
    RowState.UNKNOWN,
)
"""States of which films are named."""


def films_counted(count: int) -> str:
    """Return a number of films in words."""
    return "1 film" if count == 1 else f"{count:,} films"


def count_fields(import_: Import, counts: Mapping[RowState, int]) -> Iterator[Field]:
    """Yield how many rows are in each state."""
    for state, label in _LABELS.items():
        if counts.get(state):
            yield Field(label, (Plain(f"{counts[state]:,}"),))
    saved = sum(counts.get(state, 0) for state in SAVED)
    if saved:
        yield Field("Imported", (Plain(f"{saved:,}"),))
    if import_.twice:
        yield Field("Twice in the file", (Plain(f"{import_.twice:,}"),))
    if import_.left_out:
        yield Field("Left out", (Plain(", ".join(import_.left_out)),))


async def examples(
    import_: Import, counts: Mapping[RowState, int], context: Context, work: UnitOfWork
) -> list[Block]:
    """Name the first films in each state."""
    found: list[Block] = []
    for state in _NAMED:
        if counts.get(state, 0) > (state is RowState.UNCLEAR):  # a single one is in its question
            rows = await work.imports.rows(import_.import_id, [state], EXAMPLES)
            told = [await _told(each, context.member.scale, work) for each in rows]
            more = f" and {counts[state] - len(told):,} more" if counts[state] > len(told) else ""
            found.append(Paragraph((Plain(f"{_LABELS[state]}: {' · '.join(told)}{more}"),)))
    return found


async def _told(row: ImportRow, scale: Scale, work: UnitOfWork) -> str:
    """Name a row's film as the file does; one whose year that does not tell as it is called here."""
    entry = row.entry
    meant = row.film_id or next(iter(row.candidates), None)
    if entry.year is None and meant and row.state is not RowState.UNCLEAR:
        film = await work.films.get(meant)
        entry = replace(entry, title=film.title, year=film.year) if film else entry
    return one_line(_in_short(entry, scale), 80)


def _in_short(entry: FilmEntry, scale: Scale) -> str:
    """Name an entry's film as the file does, with its rating."""
    named = film_label(entry.title or entry.imdb_id or str(entry.tmdb_id), entry.year)
    return f"{named} {show_rating(entry.rating, scale)}" if entry.rating else named


def row_question(row: ImportRow, left: int) -> str:
    """Ask which film a row means; `left`: rows to be asked about, this one included."""
    named = film_label(row.entry.title, row.entry.year)
    more = f" {left - 1:,} more after that." if left > 1 else ""
    return f"Which film is “{named}” ({row.entry.where})?{more}"


def day_choice(import_: Import) -> Choice:
    """Ask how days are read that can be read two ways."""
    read = [(order, day_of(import_.day_example, order)) for order in DayOrder]
    options = [Option(long_day(day), order.value) for order, day in read if day]
    leave = Option("Leave such days out", "none")
    return Choice(
        "How days are read", (*options, leave), ReadDaysCommand(import_.import_id), "order"
    )


async def film_choice(row: ImportRow, work: UnitOfWork) -> Choice:
    """Offer the films that a row may mean."""
    films = await work.films.many(row.candidates)
    options = [
        Option(films[each].label, each, ", ".join(films[each].directors[:2]))
        for each in row.candidates
        if each in films
    ]
    command = MatchRowCommand(row.import_id, row.number)
    return Choice("Which film?", (*options, _LEAVE_OUT), command, "film")
