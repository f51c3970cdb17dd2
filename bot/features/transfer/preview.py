"""Preview of an import: counts and examples of rows that are ready, already here, unclear or unknown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.clubs.club import MarkKind
from bot.domain.errors import NotAllowed, NotFound
from bot.domain.ids import FilmId, ImportId
from bot.domain.imports import FilmEntry, Import, ImportRow, RowState
from bot.domain.words.text import one_line
from bot.features.transfer.commands import (
    DropImportCommand,
    ImportCommand,
    LookUpRowsCommand,
    SaveImportCommand,
    ShowImportCommand,
    TakeLikelyCommand,
)
from bot.features.transfer.whole_list import whole_list
from bot.features.transfer.wording import (
    count_fields,
    day_choice,
    examples,
    film_choice,
    films_counted,
    row_question,
)
from bot.messages.commands import Continuation
from bot.messages.phrases import counted, said
from bot.messages.replies import (
    Action,
    Actions,
    Block,
    Button,
    Fields,
    Footnote,
    Form,
    Heading,
    Paragraph,
    Reply,
    Style,
)
from bot.messages.spans import Plain, Usage
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.matching import Match, MatchedFile

ROWS_AT_ONCE = 100
"""Rows in one transaction: others wait for one no longer than for a review."""

ASKED = (RowState.UNCLEAR, RowState.LIKELY)
"""States of rows that are asked about, in this order."""

MOST_PREVIEWS, MOST_IMPORTED = 3, 20
"""Files of one member that are kept: previews, and those that were imported within two days."""

LOOKED_UP_AT_ONCE = 40
"""Most films looked up for one press."""

_PROMISE = (
    "Nothing is saved yet, and nothing will be announced. Ratings will count in the club's scores; "
    "what you wrote words about stays yours alone until you share it."
)


async def bring_in(
    command: ImportCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Store the rows of a file, a part at a time, then show the preview."""
    if context.film_file is None:
        return said(
            "Send the file as the service gives it to you: the ZIP of Letterboxd or Trakt, the CSV of "
            "IMDb, TMDB, Simkl and others, or what Matinee exported. First you see what is in it; "
            "nothing is saved before you say so.",
            actions=(Form("Choose the file", ImportCommand(), ("file",)),),
        )
    film_file = context.film_file
    if command.import_id is None:
        await _make_room(context, work)
        import_ = _import(command, film_file, context)
        await work.imports.save(import_)
        command = replace(command, import_id=import_.import_id)
    import_id = ImportId(command.import_id or "")
    part = film_file.file.entries[command.stored : command.stored + ROWS_AT_ONCE]
    if not part:
        return await preview(await own_import(import_id, context, work), context, work)
    matches = film_file.matches[command.stored : command.stored + ROWS_AT_ONCE]
    rows = [
        ImportRow(import_id, number, entry, match.state, match.film_id, match.candidates)
        for number, (entry, match) in enumerate(zip(part, matches, strict=True), command.stored)
    ]
    known = await already_here(part, matches, context, work)
    await work.imports.put(
        [replace(row, state=RowState.HERE) if row.film_id in known else row for row in rows]
    )
    stored = command.stored + len(part)
    return Continuation(replace(command, stored=stored), stored, len(film_file.file.entries))


async def _make_room(context: Context, work: UnitOfWork) -> None:
    """Drop a member's oldest previews; NotAllowed where they have imported too many files lately."""
    theirs = await work.imports.of(context.member.member_id)
    previews = [each for each in theirs if each.imported_at is None]
    if len(theirs) - len(previews) >= MOST_IMPORTED:
        raise NotAllowed(
            f"You have imported {MOST_IMPORTED} files within two days, as many as I can take back. Send this one "
            "tomorrow."
        )
    for each in previews[MOST_PREVIEWS - 1 :]:
        await work.imports.remove(each.import_id)


def _import(command: ImportCommand, film_file: MatchedFile, context: Context) -> Import:
    file = film_file.file
    unread = [
        f"{counted(len(file.unread), 'row')} could not be read: {each}" for each in file.unread[:1]
    ]
    return Import(
        import_id=ImportId(context.ids.new()),
        member_id=context.member.member_id,
        file=one_line(command.file, 100),
        source=file.source,
        created_at=context.now,
        twice=file.twice,
        left_out=tuple(f"{what}: {count:,}" for what, count in file.left_out.items()),
        notes=(*file.notes, *unread),
        day_example=next((each.unread_day for each in file.entries if each.unread_day), ""),
    )


async def already_here(
    entries: Sequence[FilmEntry], matches: Sequence[Match], context: Context, work: UnitOfWork
) -> set[FilmId]:
    """Return the films of which the member has all that their entries say, or something newer."""
    me = context.member.member_id
    films = {each.film_id for each in matches if each.film_id is not None}
    if not films:
        return set()
    marks = {(mark.film_id, mark.kind) for mark in await work.marks.of_films(me, films)}
    own = await work.reviews.by_of_films(me, films)
    here: set[FilmId] = set()
    for entry, match in zip(entries, matches, strict=True):
        if match.film_id is None:
            continue
        kinds = (MarkKind.SEEN, MarkKind.WATCHLIST) if entry.wanted else (MarkKind.SEEN,)
        kinds = (MarkKind.NEVER,) if entry.never else kinds
        marked = not entry.is_review and any((match.film_id, kind) in marks for kind in kinds)
        review = own.get(match.film_id)
        if marked or (review is not None and not review.deleted):
            here.add(match.film_id)
    return here


async def show(command: ShowImportCommand, context: Context, work: UnitOfWork) -> Reply:
    """Show the preview again, or every row as a file."""
    import_ = await own_import(command.import_id, context, work)
    if command.whole:
        return await whole_list(import_, context, work)
    return await preview(import_, context, work)


async def unknown_rows(import_: Import, after: int, work: UnitOfWork) -> Sequence[ImportRow]:
    """Return the next rows of unknown films, at most `LOOKED_UP_AT_ONCE`."""
    return await work.imports.rows(import_.import_id, [RowState.UNKNOWN], LOOKED_UP_AT_ONCE, after)


async def own_import(import_id: ImportId, context: Context, work: UnitOfWork) -> Import:
    """Return the member's own import; NotFound when it is gone, or another member's."""
    import_ = await work.imports.get(import_id)
    if import_ is None or import_.member_id != context.member.member_id:
        raise NotFound(
            "That import is gone, or it was somebody else's. Send the file again with ",
            Usage(ImportCommand()),
            ".",
        )
    return import_


async def preview(
    import_: Import, context: Context, work: UnitOfWork, looked_up: int = -1
) -> Reply:
    """Return the preview as a reply; `looked_up`: the number of the last row whose film was looked up."""
    counts = await work.imports.counts(import_.import_id)
    total = sum(counts.values())
    head = f"{import_.file}: {films_counted(total)} from {import_.source}"
    blocks: list[Block] = [
        Heading((Plain(head),)),
        Fields(tuple(count_fields(import_, counts))),
    ]
    blocks += await examples(import_, counts, context, work)
    blocks += (Footnote((Plain(f"{note[:1].upper()}{note[1:]}."),)) for note in import_.notes)
    actions: list[Action] = []
    if import_.imported_at is None:
        ready = counts.get(RowState.READY, 0)
        unclear = await _next_question(import_, work)
        if ready:
            save = SaveImportCommand(import_.import_id)
            actions.append(Button(f"Import {films_counted(ready)}", save, Style.PRIMARY))
        elif not unclear:
            blocks.append(Paragraph((Plain("There is nothing new to import in it."),)))
        asked, answers = await _questions(import_, unclear, counts, work)
        blocks += asked
        actions += answers
        if ready or unclear:
            blocks.append(Footnote((Plain(_PROMISE),)))
        left = await unknown_rows(import_, looked_up, work) if context.offers.links else ()
        if left:
            look = LookUpRowsCommand(import_.import_id, looked_up)
            label = f"Look up {films_counted(len(left))} that I don't know"
            actions.append(Button(label, look))
        actions.append(Button("The whole list", ShowImportCommand(import_.import_id, whole=True)))
        actions.append(Button("Drop it", DropImportCommand(import_.import_id)))
    blocks.append(Actions(tuple(actions)))
    summary = f"{head}. Nothing is saved yet."
    return Reply(tuple(blocks), summary, Visibility.ONLY_YOU, asks=True)


async def _questions(
    import_: Import, unclear: Sequence[ImportRow], counts: Mapping[RowState, int], work: UnitOfWork
) -> tuple[list[Block], list[Action]]:
    """Ask how days are read, which film the next unclear row means, and whether all likely ones are right."""
    blocks: list[Block] = []
    actions: list[Action] = []
    if import_.day_example and import_.day_order is None:
        asked = f"The file writes a day as “{import_.day_example}”. Which is it?"
        blocks.append(Paragraph((Plain(asked),)))
        actions.append(day_choice(import_))
    for row in unclear:
        count = sum(counts.get(each, 0) for each in ASKED)
        blocks.append(Paragraph((Plain(row_question(row, count)),)))
        actions.append(await film_choice(row, work))
    if (likely := counts.get(RowState.LIKELY, 0)) > 1:
        take = TakeLikelyCommand(import_.import_id)
        actions.append(Button(f"Take the {likely:,} under “Probably”", take))
    return blocks, actions


async def _next_question(import_: Import, work: UnitOfWork) -> Sequence[ImportRow]:
    """Return the row that is asked about next, if any."""
    for state in ASKED:
        if rows := await work.imports.rows(import_.import_id, [state], 1):
            return rows
    return ()
