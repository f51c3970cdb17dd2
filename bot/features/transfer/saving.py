"""Saving of an import, sharing what it brought, and taking it back."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.domain.clubs import Mark, MarkKind
from bot.domain.errors import NotAllowed
from bot.domain.ids import FilmId, ReviewId
from bot.domain.imports import SAVED, FilmEntry, Import, ImportRow, RowState
from bot.domain.reviews import LONGEST_REVIEW, Review
from bot.features.picks.commands import RecommendCommand
from bot.features.transfer.commands import (
    SaveImportCommand,
    ShareImportCommand,
    UndoImportCommand,
)
from bot.features.transfer.preview import ROWS_AT_ONCE, own_import
from bot.messages.commands import Continuation
from bot.messages.phrases import counted, joined, said
from bot.messages.replies import Action, Button, Reply, Style
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.values import DayOrder, day_of

UNDO_FOR = timedelta(hours=24)
"""How long an import can be undone."""


async def save(
    command: SaveImportCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Save the rows that are ready, a part at a time; said twice, it goes on where it was."""
    import_ = await own_import(command.import_id, context, work)
    if import_.undone_at is not None:
        raise NotAllowed("That import was undone. Send the file again to bring it back.")
    if import_.imported_at is None:
        import_ = replace(import_, imported_at=context.now)
        await work.imports.save(import_)
    rows = await work.imports.rows(import_.import_id, [RowState.READY], ROWS_AT_ONCE)
    done = [
        replace(row, state=await _save_row(row, row.film_id, import_, context, work))
        for row in rows
        if row.film_id is not None
    ]
    await work.imports.put(done)
    if len(rows) == ROWS_AT_ONCE:
        return await _rest(command, [RowState.READY], work)
    return _receipt(import_, await work.imports.counts(import_.import_id))


def _with_day(entry: FilmEntry, import_: Import) -> FilmEntry:
    """Return an entry with the day that the member has said how to read."""
    if not entry.unread_day or import_.day_order not in set(DayOrder):
        return entry
    return replace(entry, watched_on=day_of(entry.unread_day, DayOrder(import_.day_order)))


async def _save_row(
    row: ImportRow, film_id: FilmId, import_: Import, context: Context, work: UnitOfWork
) -> RowState:
    """Save one row as a review or a mark; what the member has said here meanwhile is kept."""
    entry, me = _with_day(row.entry, import_), import_.member_id
    former = await work.reviews.by(me, film_id)
    if former is not None and not former.deleted:
        return RowState.HERE
    if entry.never:
        await work.marks.put(Mark(me, film_id, MarkKind.NEVER, context.now))
        if entry.wanted:
            return RowState.BARRED
    if entry.wanted:
        await work.marks.put(Mark(me, film_id, MarkKind.WATCHLIST, context.now))
        return RowState.WANTED
    await work.marks.remove(me, film_id, MarkKind.WATCHLIST)
    if not entry.is_review:
        await work.marks.put(Mark(me, film_id, MarkKind.SEEN, context.now))
        return RowState.SEEN
    today = context.now.date() + timedelta(days=1)
    await work.reviews.save(
        Review(
            review_id=former.review_id if former else ReviewId(context.ids.new()),
            club_id=context.club.club_id,
            film_id=film_id,
            member_id=me,
            created_at=former.created_at if former else context.now,
            changed_at=import_.imported_at or context.now,
            rating=entry.rating,
            text=entry.text[:LONGEST_REVIEW],
            spoiler=entry.spoiler,
            private=entry.private or (bool(entry.text) and not entry.public),
            rewatch=entry.rewatch,
            liked=entry.liked,
            abandoned=entry.abandoned,
            abandoned_after=entry.abandoned_after,
            watched_on=entry.watched_on if entry.watched_on and entry.watched_on <= today else None,
            hidden=former.hidden if former else False,
        )
    )
    return RowState.REVIEWED


async def _rest(
    command: SaveImportCommand | UndoImportCommand, open_: Collection[RowState], work: UnitOfWork
) -> Continuation:
    """Return the rest of a command that goes on with the rows in these states."""
    counts = await work.imports.counts(command.import_id)
    concerned = {*open_, *SAVED, RowState.UNDONE, RowState.KEPT}
    total = sum(counts.get(each, 0) for each in concerned)
    return Continuation(command, total - sum(counts.get(each, 0) for each in open_), total)


def _receipt(import_: Import, counts: Mapping[RowState, int]) -> Reply:
    words = {
        RowState.REVIEWED: "with a rating, words or a day",
        RowState.SEEN: "marked seen",
        RowState.WANTED: "on your watchlist",
        RowState.BARRED: "never to be suggested",
    }
    parts = [f"{counts[state]:,} {words[state]}" for state in words if counts.get(state)]
    if not parts:
        return said("Everything in that file was here already.")
    actions: tuple[Action, ...] = (
        Button("Pick something for me", RecommendCommand(), Style.PRIMARY),
        Button("Share my imported reviews", ShareImportCommand(import_.import_id)),
        Button("Undo the import", UndoImportCommand(import_.import_id), Style.DANGER),
    )
    return said(
        f"Imported films from {import_.source}: {joined(parts)}. Reviews with words are yours alone until "
        "you share them. It can be undone for 24 hours.",
        actions=actions,
    )


async def share(
    command: ShareImportCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Let the club read the reviews of an import, a part at a time; none is announced."""
    import_ = await own_import(command.import_id, context, work)
    shared = 0
    reviews = await work.reviews.of_member(import_.member_id)
    for review in reviews:
        if review.private and review.changed_at == import_.imported_at and not review.critic:
            if shared == ROWS_AT_ONCE:
                return Continuation(command)
            # The time stays: so that Undo still knows the review as imported.
            await work.reviews.save(replace(review, private=False))
            shared += 1
    return said("The club may now read the reviews of that import. None of them is announced.")


async def undo(
    command: UndoImportCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Take back what an import saved, a part at a time; what was changed since stays."""
    import_ = await own_import(command.import_id, context, work)
    if import_.imported_at is None or context.now - import_.imported_at > UNDO_FOR:
        raise NotAllowed("That import can no longer be undone: a day has passed.")
    if import_.undone_at is None:
        await work.imports.save(replace(import_, undone_at=context.now))
    rows = await work.imports.rows(import_.import_id, SAVED, ROWS_AT_ONCE)
    done = [
        replace(row, state=await _undo_row(row, row.film_id, import_, context, work))
        for row in rows
        if row.film_id is not None
    ]
    await work.imports.put(done)
    if len(rows) == ROWS_AT_ONCE:
        return await _rest(command, SAVED, work)
    counts = await work.imports.counts(import_.import_id)
    kept = counts.get(RowState.KEPT, 0)
    text = f"Undone: {counted(counts.get(RowState.UNDONE, 0), 'film')} of that import."
    return said(f"{text} {kept:,} that you have changed since are kept." if kept else text)


async def _undo_row(
    row: ImportRow, film_id: FilmId, import_: Import, context: Context, work: UnitOfWork
) -> RowState:
    me = import_.member_id
    stands = (await work.films.many([film_id])).get(film_id)  # it may have been merged since
    film_id = stands.film_id if stands else film_id
    if row.entry.never:
        await work.marks.remove(me, film_id, MarkKind.NEVER)
    if row.state is RowState.BARRED:
        return RowState.UNDONE
    if row.state is not RowState.REVIEWED:
        kind = MarkKind.SEEN if row.state is RowState.SEEN else MarkKind.WATCHLIST
        await work.marks.remove(me, film_id, kind)
        return RowState.UNDONE
    review = await work.reviews.by(me, film_id)
    if review is None or review.deleted:
        return RowState.UNDONE
    if review.changed_at != import_.imported_at:
        return RowState.KEPT
    await work.reviews.save(replace(review, deleted=True, changed_at=context.now))
    return RowState.UNDONE
