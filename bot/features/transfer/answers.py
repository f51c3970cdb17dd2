"""Handlers of the questions of an import's preview: which film, which order of days, which look-ups."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.imports import ImportRow, RowState
from bot.features.transfer.commands import (
    DropImportCommand,
    LookUpRowsCommand,
    MatchRowCommand,
    ReadDaysCommand,
    TakeLikelyCommand,
)
from bot.features.transfer.preview import (
    ASKED,
    ROWS_AT_ONCE,
    already_here,
    own_import,
    preview,
    unknown_rows,
)
from bot.messages.commands import Continuation
from bot.messages.phrases import said
from bot.messages.replies import Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.matching import Match, matched


async def match_row(command: MatchRowCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store which film the member says a row means, and ask about the next row."""
    import_ = await own_import(command.import_id, context, work)
    before = command.number - 1
    rows = await work.imports.rows(import_.import_id, ASKED, 1, before)
    row = rows[0] if rows else None
    if row is not None and row.number == command.number and import_.imported_at is None:
        chosen = next((each for each in row.candidates if each == command.film), None)
        state = RowState.READY if chosen else RowState.SKIPPED
        if chosen and await already_here(
            [row.entry], [Match(RowState.READY, chosen)], context, work
        ):
            state = RowState.HERE
        await work.imports.put([replace(row, state=state, film_id=chosen)])
    return await preview(import_, context, work)


async def take_likely(
    command: TakeLikelyCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Match all likely rows with their films, a part at a time."""
    import_ = await own_import(command.import_id, context, work)
    likely = [RowState.LIKELY]
    rows = await work.imports.rows(import_.import_id, likely, ROWS_AT_ONCE)
    if not rows or import_.imported_at is not None:
        return await preview(import_, context, work)
    entries = [each.entry for each in rows]
    matches = [Match(RowState.READY, each.candidates[0]) for each in rows]
    known = await already_here(entries, matches, context, work)
    await work.imports.put(
        [
            replace(
                row,
                state=RowState.HERE if match.film_id in known else RowState.READY,
                film_id=match.film_id,
            )
            for row, match in zip(rows, matches, strict=True)
        ]
    )
    counts = await work.imports.counts(import_.import_id)
    left, total = counts.get(RowState.LIKELY, 0), sum(counts.values())
    return Continuation(command, total - left, total)


async def read_days(command: ReadDaysCommand, context: Context, work: UnitOfWork) -> Reply:
    """Store the order of days that the member chose, and show the preview again."""
    import_ = await own_import(command.import_id, context, work)
    if import_.imported_at is None:
        import_ = replace(import_, day_order=command.order)
        await work.imports.save(import_)
    return await preview(import_, context, work)


async def look_up(command: LookUpRowsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Match rows again whose films have been looked up, and offer the next ones."""
    import_ = await own_import(command.import_id, context, work)
    if import_.imported_at is not None:
        return await preview(import_, context, work)
    rows = await unknown_rows(import_, command.after, work)
    entries = [each.entry for each in rows]
    matches = matched(entries, context.titles)
    known = await already_here(entries, matches, context, work)
    found = [
        replace(
            row,
            state=RowState.HERE if match.film_id in known else match.state,
            film_id=match.film_id,
            candidates=match.candidates,
        )
        for row, match in zip(rows, matches, strict=True)
    ]
    await work.imports.put(found)
    after = rows[-1].number if rows else command.after
    return await preview(import_, context, work, looked_up=after)


async def drop(command: DropImportCommand, context: Context, work: UnitOfWork) -> Reply:
    """Delete an import that was not saved."""
    import_ = await own_import(command.import_id, context, work)
    if import_.imported_at is not None:
        return said("That file was imported already. It can be undone for a day.")
    await work.imports.remove(import_.import_id)
    return said(f"Dropped. Nothing of {import_.file} was saved.")


async def rows_to_look_up(
    command: LookUpRowsCommand, context: Context, work: UnitOfWork
) -> Sequence[ImportRow]:
    """Return the rows of unknown films that a command looks up next."""
    import_ = await own_import(command.import_id, context, work)
    return await unknown_rows(import_, command.after, work)
