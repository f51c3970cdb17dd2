"""Taking back: what a member did last, each with the button that undoes it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.clubs.club import Mark, MarkKind
from bot.domain.films.film import Film
from bot.domain.films.reminders import Reminder, ReminderState
from bot.domain.ids import FilmId
from bot.domain.nights import Nomination
from bot.domain.reviews.ratings import show_rating
from bot.domain.reviews.review import Review
from bot.features.nights.commands import NightCommand
from bot.features.picks.commands import MarkFilmCommand
from bot.features.releases.commands import CancelReminderCommand
from bot.features.reviews.commands import (
    DeleteReviewCommand,
    ReviewCommand,
    ReviewsCommand,
    UndoReviewCommand,
)
from bot.features.talk.commands import Manner, SmallTalkCommand, TakeBackCommand
from bot.features.transfer.commands import UndoImportCommand
from bot.features.watchlist.commands import WatchlistCommand
from bot.messages.commands import Command
from bot.messages.phrases import said, titled, verdict
from bot.messages.replies import Action, Button, Form, Reply, Style
from bot.ports.store import UnitOfWork
from bot.request.commands import DropDraftCommand
from bot.request.context import Context
from bot.request.lookup.drafts import stored_command
from bot.request.lookup.films import find

_MOST = 3
"""Latest changes that are offered to be taken back."""

_RECENT = timedelta(days=1)
"""Age up to which a mark or a reminder counts as done just now."""


@dataclass(frozen=True, slots=True)
class _Change:
    """Something a member did: when, with which film, in words around its title, and what undoes it."""

    at: datetime
    film_id: FilmId
    words: str
    undo: Command


async def take_back(command: TakeBackCommand, context: Context, work: UnitOfWork) -> Reply:
    """Ask which change, or whether the review of this film, is to be taken back."""
    if command.film:
        return await _of_film(command, context, work)
    latest = await _latest(context, work)
    actions: list[Action] = [Button(each.words, each.undo) for each in latest]
    actions = [*await _import(latest, context, work), *actions]
    asked_last = await _unanswered(latest, context, work)
    if asked_last:
        actions.insert(0, asked_last)
    if command.other:
        actions.insert(0, Form("Name the film", ReviewCommand(), ("film",)))
        asked = "Which film do you mean? The buttons of my last answer still work, too."
    elif actions:
        actions.append(Button("My reviews", ReviewsCommand()))
        asked = "What shall I take back?"
    else:
        actions.append(Button("My reviews", ReviewsCommand()))
        asked = "You have changed nothing lately that I could take back."
    return replace(said(asked, actions=actions), asks=True, aside=True)


async def _import(latest: Sequence[_Change], context: Context, work: UnitOfWork) -> list[Action]:
    """Return the button that undoes the member's last import, where nothing was done since."""
    since = max((each.at for each in latest), default=context.now - _RECENT)
    for each in await work.imports.of(context.member.member_id):
        if each.imported_at and not each.undone_at and each.imported_at >= since:
            return [Button(f"Import of {each.file}"[:80], UndoImportCommand(each.import_id))]
    return []


async def _unanswered(
    latest: Sequence[_Change], context: Context, work: UnitOfWork
) -> Button | None:
    """Return the button that drops what the last question was about, where nothing was done since."""
    for draft in await work.drafts.of(context.member.member_id):
        since = max((each.at for each in latest), default=context.now - _RECENT)
        if draft.created_at >= since:
            return Button("Drop what I asked about", DropDraftCommand(draft.draft_id))
        break
    return None


async def _of_film(command: TakeBackCommand, context: Context, work: UnitOfWork) -> Reply:
    found = await find(command, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    film, me = found.film, context.member.member_id
    review = await work.reviews.by(me, film.film_id)
    if review is None or review.deleted:
        return await _without_review(film, context, work)
    actions: list[Action] = [
        Button("Delete", DeleteReviewCommand(review.review_id), Style.DANGER),
        *await _older(review, work),
        Button("Keep it", SmallTalkCommand(Manner.NO)),
    ]
    what = verdict(review, context.member.scale)
    return said(
        "Delete your review of ",
        titled(film),
        f" ({what})?" if what else "?",
        actions=actions,
        asks=True,
    )


async def _without_review(film: Film, context: Context, work: UnitOfWork) -> Reply:
    """Say that there is no review; offer to drop one that waits to be saved."""
    for draft in await work.drafts.of(context.member.member_id):
        kept = stored_command(draft, context.commands)
        if isinstance(kept, ReviewCommand) and _is_of(kept.film, film, context):
            drop = Button("Drop it", DropDraftCommand(draft.draft_id), Style.DANGER)
            told = ("Your review of ", titled(film), " is not saved yet.")
            keep = Button("Keep it", SmallTalkCommand(Manner.NO))
            return said(*told, actions=(drop, keep), asks=True)
    return said("You have no review of ", titled(film), ".")


def _is_of(typed: str, film: Film, context: Context) -> bool:
    found = context.titles.resolve(typed)
    likely = found.only or found.likely
    return likely is not None and likely.film_id == film.film_id


async def _older(review: Review, work: UnitOfWork) -> list[Action]:
    """Return the button that brings the version before back, if there is one."""
    version = len(await work.reviews.versions(review.review_id))
    if version < 2:
        return []
    return [Button("Only the last change", UndoReviewCommand(review.review_id, version))]


async def _latest(context: Context, work: UnitOfWork) -> list[_Change]:
    """Return the member's latest changes, newest first."""
    me = context.member.member_id
    reviews = [each for each in await work.reviews.of_member(me) if not each.critic]
    changes = [
        _Change(
            each.changed_at,
            each.film_id,
            f"Review of {{}}, {show_rating(each.rating, context.member.scale)}"
            if each.rating
            else "Review of {}",
            UndoReviewCommand(each.review_id, len(await work.reviews.versions(each.review_id))),
        )
        for each in sorted(reviews, key=lambda each: each.changed_at, reverse=True)[:_MOST]
    ]
    since = context.now - _RECENT
    changes += await _deleted(context, work)
    changes += _marked([each for each in await work.marks.of([me]) if each.at >= since])
    changes += [
        _Change(each.at, each.film_id, "{} nominated", _withdrawal(each))
        for each in await work.nights.nominations()
        if each.member_id == me and each.at >= since
    ]
    changes += _reminded([e for e in await work.reminders.of_member(me) if e.created_at >= since])
    changes.sort(key=lambda each: each.at, reverse=True)
    films = await work.films.many([each.film_id for each in changes[:_MOST]])
    return [
        replace(each, words=each.words.format(films[each.film_id].label)[:80])
        for each in changes[:_MOST]
        if each.film_id in films
    ]


def _withdrawal(nomination: Nomination) -> Command:
    return NightCommand("withdraw", f"id:{nomination.film_id}")


async def _deleted(context: Context, work: UnitOfWork) -> list[_Change]:
    """Return the deletion of the member's review of the film last spoken of, if it was lately."""
    last = context.last_film
    own = await work.reviews.by(context.member.member_id, last.film_id) if last else None
    if own is None or not own.deleted or context.now - own.changed_at > _RECENT:
        return []
    versions = len(await work.reviews.versions(own.review_id))
    undo = UndoReviewCommand(own.review_id, versions)
    return [_Change(own.changed_at, own.film_id, "Deleted review of {}", undo)]


def _marked(marks: list[Mark]) -> Iterator[_Change]:
    words = {MarkKind.SEEN: "{} seen", MarkKind.NEVER: "{} never suggested"}
    for each in marks:
        if each.kind is MarkKind.WATCHLIST:
            undo: Command = WatchlistCommand("remove", f"id:{each.film_id}")
            yield _Change(each.at, each.film_id, "{} on the watchlist", undo)
        else:
            undo = MarkFilmCommand(each.film_id, each.kind, remove=True)
            yield _Change(each.at, each.film_id, words[each.kind], undo)


def _reminded(reminders: list[Reminder]) -> Iterator[_Change]:
    for each in reminders:
        if each.state in {ReminderState.WAITING, ReminderState.PLANNED}:
            undo = CancelReminderCommand(each.reminder_id)
            yield _Change(each.created_at, each.film_id, "Reminder of {}", undo)
