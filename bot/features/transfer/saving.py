"""Saving, sharing and undoing of an import."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import zip_longest

from bot.domain.clubs.club import Mark, MarkKind
from bot.domain.errors import NotAllowed
from bot.domain.ids import FilmId, ReviewId
from bot.domain.imports import SAVED, FilmEntry, FormerViewing, Import, ImportRow, RowState
from bot.domain.reviews.review import LONGEST_REVIEW, Review
from bot.domain.words.privacy import asks_for_privacy
from bot.features.picks.commands import RecommendCommand
from bot.features.transfer.commands import SaveImportCommand, ShareImportCommand, UndoImportCommand
from bot.features.transfer.preview import ROWS_AT_ONCE, own_import
from bot.messages.commands import Continuation
from bot.messages.phrases import counted, joined, said
from bot.messages.replies import Action, Button, Reply, Style
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.transfer.values import DayOrder, day_of

UNDO_FOR = timedelta(hours=24)
"""Time in which an import can be undone."""


async def save(
    command: SaveImportCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Save the rows that are ready, a part at a time; a repeat continues with the rows that are left."""
    import_ = await own_import(command.import_id, context, work)
    if import_.undone_at is not None:
        raise NotAllowed("That import was undone. Send the file again to bring it back.")
    if import_.imported_at is None:
        import_ = replace(import_, imported_at=context.now)
        await work.imports.save(import_)
    rows = await work.imports.rows(import_.import_id, [RowState.READY], ROWS_AT_ONCE)
    await work.imports.put(await _saved(rows, import_, context, work))
    if len(rows) == ROWS_AT_ONCE:
        return await _rest(command, [RowState.READY], work)
    counts = await work.imports.counts(import_.import_id)
    return _receipt(import_, counts, worded=await work.imports.holds_words(import_.import_id))


def _with_day(entry: FilmEntry, import_: Import) -> FilmEntry:
    """Return an entry with the day that the member has said how to read."""
    if not entry.unread_day or import_.day_order not in set(DayOrder):
        return entry
    return replace(entry, watched_on=day_of(entry.unread_day, DayOrder(import_.day_order)))


async def _saved(
    rows: Sequence[ImportRow], import_: Import, context: Context, work: UnitOfWork
) -> list[ImportRow]:
    """Save rows as reviews and marks; newer reviews and marks of the member are kept."""
    me = import_.member_id
    films = [row.film_id for row in rows if row.film_id is not None]
    part = _Part(import_, context, await work.reviews.by_of_films(me, films))
    done = [
        replace(row, state=part.take(row.film_id, _with_day(row.entry, import_)))
        for row in rows
        if row.film_id is not None
    ]
    await work.marks.put_all(list(part.marks.values()))
    await work.marks.remove_all(me, part.watched, MarkKind.WATCHLIST)
    for versions in zip_longest(*part.versions.values()):  # each keeps the one before it
        await work.reviews.save_all([each for each in versions if each is not None])
    await work.reviews.save_all(list(part.reviews.values()))
    return done


@dataclass(slots=True)
class _Part:
    """Reviews and marks of some rows, gathered to be saved by a few statements; `former`: reviews by film."""

    import_: Import
    context: Context
    former: Mapping[FilmId, Review]
    reviews: dict[FilmId, Review] = field(default_factory=dict)
    versions: dict[FilmId, Sequence[Review]] = field(default_factory=dict)
    marks: dict[tuple[FilmId, MarkKind], Mark] = field(default_factory=dict)
    watched: set[FilmId] = field(default_factory=set)

    def take(self, film_id: FilmId, entry: FilmEntry) -> RowState:
        """Add a row; return its new state."""
        former = self.former.get(film_id)
        if film_id in self.reviews or (former is not None and not former.deleted):
            return RowState.HERE
        if entry.never:
            self._mark(film_id, MarkKind.NEVER)
            if entry.wanted:
                return RowState.BARRED
        if entry.wanted:
            self.watched.discard(film_id)
            self._mark(film_id, MarkKind.WATCHLIST)
            return RowState.WANTED
        self.watched.add(film_id)
        self.marks.pop((film_id, MarkKind.WATCHLIST), None)
        if not entry.is_review:
            self._mark(film_id, MarkKind.SEEN)
            return RowState.SEEN
        review = self._review(film_id, entry, former)
        self.reviews[film_id] = review
        self.versions[film_id] = [self._viewing(each, review) for each in entry.former]
        return RowState.REVIEWED

    def _mark(self, film_id: FilmId, kind: MarkKind) -> None:
        self.marks[film_id, kind] = Mark(self.import_.member_id, film_id, kind, self.context.now)

    def _viewing(self, viewing: FormerViewing, last: Review) -> Review:
        """Return an earlier viewing as a version of the review of the last one."""
        seen = self._past(viewing.watched_on)
        return replace(
            last,
            rating=viewing.rating,
            text=viewing.text[:LONGEST_REVIEW],
            private=last.private or bool(viewing.text),
            rewatch=viewing.rewatch,
            abandoned=False,
            abandoned_after=None,
            watched_on=seen,
            undated=seen is None,
        )

    def _past(self, day: date | None) -> date | None:
        """Return a day of viewing, unless it is still to come."""
        return day if day and day <= self.context.now.date() + timedelta(days=1) else None

    def _review(self, film_id: FilmId, entry: FilmEntry, former: Review | None) -> Review:
        now = self.context.now
        seen = self._past(entry.watched_on)
        return Review(
            review_id=former.review_id if former else ReviewId(self.context.ids.new()),
            club_id=self.context.club.club_id,
            film_id=film_id,
            member_id=self.import_.member_id,
            created_at=min(entry.written_at or now, former.created_at if former else now),
            changed_at=self.import_.imported_at or now,
            rating=entry.rating,
            text=entry.text[:LONGEST_REVIEW],
            spoiler=entry.spoiler,
            private=_is_private(entry) or (bool(entry.text) and not entry.public),
            rewatch=entry.rewatch,
            liked=entry.liked,
            abandoned=entry.abandoned,
            abandoned_after=entry.abandoned_after,
            watched_on=seen,
            hidden=former.hidden if former else False,
            undated=seen is None and entry.written_at is None,
        )


def _is_private(entry: FilmEntry) -> bool:
    """Tell whether a review was private where it comes from, or its words ask for that."""
    return entry.private or asks_for_privacy(entry.text)


async def _rest(
    command: SaveImportCommand | UndoImportCommand, open_: Collection[RowState], work: UnitOfWork
) -> Continuation:
    """Return the rest of a command that goes on with the rows in these states."""
    counts = await work.imports.counts(command.import_id)
    concerned = {*open_, *SAVED, RowState.UNDONE, RowState.KEPT}
    total = sum(counts.get(each, 0) for each in concerned)
    return Continuation(command, total - sum(counts.get(each, 0) for each in open_), total)


def _receipt(import_: Import, counts: Mapping[RowState, int], *, worded: bool) -> Reply:
    words = {
        RowState.REVIEWED: "with a rating, words or a day",
        RowState.SEEN: "marked seen",
        RowState.WANTED: "on your watchlist",
        RowState.BARRED: "never to be suggested",
    }
    parts = [f"{counts[state]:,} {words[state]}" for state in words if counts.get(state)]
    if not parts:
        return said("Everything in that file was here already.")
    share_them = ShareImportCommand(import_.import_id)
    actions: tuple[Action, ...] = (
        Button("Pick something for me", RecommendCommand(), Style.PRIMARY),
        *((Button("Share my imported reviews", share_them),) if worded else ()),
        Button("Undo the import", UndoImportCommand(import_.import_id), Style.DANGER, settles=True),
    )
    kept = " Reviews with words are yours alone until you share them." if worded else ""
    return said(
        f"Imported {import_.file}: {joined(parts)}.{kept} It can be undone for 24 hours.",
        actions=actions,
    )


async def share(
    command: ShareImportCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Let the club read the reviews of an import, a part at a time; none is announced.

    Reviews that were private in the Matinee they come from stay private, and those that ask for it.
    """
    import_ = await own_import(command.import_id, context, work)
    rows = await work.imports.rows(
        import_.import_id, [RowState.REVIEWED], ROWS_AT_ONCE, command.after
    )
    reviews = await _reviews_of(rows, await _stands(rows, work), import_, work)
    opened = [
        # The time stays: so that Undo still knows the review as imported.
        replace(review, private=False)
        for row, review in reviews
        if review.private
        and not _is_private(row.entry)
        and review.changed_at == import_.imported_at
    ]
    await work.reviews.save_all(opened)
    shared = command.shared + len(opened)
    if len(rows) == ROWS_AT_ONCE:
        counts = await work.imports.counts(import_.import_id)
        rest = replace(command, after=rows[-1].number, shared=shared)
        return Continuation(rest, command.after + 1, sum(counts.values()))
    if not shared:
        return said("There is nothing in that import that the club may not read already.")
    return said(
        f"The club may now read {counted(shared, 'review')} of that import. None of them is announced."
    )


async def _reviews_of(
    rows: Sequence[ImportRow], films: Mapping[FilmId, FilmId], import_: Import, work: UnitOfWork
) -> list[tuple[ImportRow, Review]]:
    """Return the rows whose reviews are there, each with its review. `films`: those that stand for theirs."""
    theirs = await work.reviews.by_of_films(import_.member_id, films.values())
    return [
        (row, review)
        for row in rows
        if row.film_id and (review := theirs.get(films[row.film_id])) and not review.deleted
    ]


async def _stands(rows: Sequence[ImportRow], work: UnitOfWork) -> dict[FilmId, FilmId]:
    """Return the films that stand for those of rows: they may have been merged since."""
    named = [row.film_id for row in rows if row.film_id is not None]
    films = await work.films.many(named)
    return {each: films[each].film_id if each in films else each for each in named}


async def undo(
    command: UndoImportCommand, context: Context, work: UnitOfWork
) -> Reply | Continuation:
    """Undo what an import saved, a part at a time; what was changed since stays."""
    import_ = await own_import(command.import_id, context, work)
    if import_.imported_at is None or context.now - import_.imported_at > UNDO_FOR:
        raise NotAllowed("That import can no longer be undone: a day has passed.")
    if import_.undone_at is None:
        await work.imports.save(replace(import_, undone_at=context.now))
    rows = await work.imports.rows(import_.import_id, SAVED, ROWS_AT_ONCE)
    await work.imports.put(await _undone(rows, import_, context, work))
    if len(rows) == ROWS_AT_ONCE:
        return await _rest(command, SAVED, work)
    counts = await work.imports.counts(import_.import_id)
    kept = counts.get(RowState.KEPT, 0)
    text = f"Undone: {counted(counts.get(RowState.UNDONE, 0), 'film')} of that import."
    are = "is" if kept == 1 else "are"
    return said(f"{text} {kept:,} that you have changed since {are} kept." if kept else text)


_MARKED = {RowState.SEEN: MarkKind.SEEN, RowState.WANTED: MarkKind.WATCHLIST}


async def _undone(
    rows: Sequence[ImportRow], import_: Import, context: Context, work: UnitOfWork
) -> list[ImportRow]:
    """Take rows back; return them with their states."""
    films = await _stands(rows, work)
    marked: dict[MarkKind, set[FilmId]] = {}
    for row in rows:
        kinds = [_MARKED[row.state]] if row.state in _MARKED else []
        kinds += [MarkKind.NEVER] if row.entry.never else []
        for kind in kinds:
            marked.setdefault(kind, set()).update({films[row.film_id]} if row.film_id else ())
    for kind, there in marked.items():
        await work.marks.remove_all(import_.member_id, there, kind)
    reviewed = [row for row in rows if row.state is RowState.REVIEWED]
    reviews = await _reviews_of(reviewed, films, import_, work)
    kept = {row.number for row, each in reviews if each.changed_at != import_.imported_at}
    await work.reviews.save_all(
        [
            replace(each, deleted=True, changed_at=context.now)
            for row, each in reviews
            if row.number not in kept
        ]
    )
    return [
        replace(row, state=RowState.KEPT if row.number in kept else RowState.UNDONE) for row in rows
    ]
