"""Moderation: a moderator hides a review from everyone but its author, or shows it again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.catalogue.club_index import roster_of
from bot.delivery.amendments import follow_review
from bot.domain.clubs.club import Roster
from bot.domain.clubs.moderation import ActKind
from bot.domain.errors import NotFound
from bot.domain.films.film import Film
from bot.domain.reviews.review import Review
from bot.features.club.commands import ModerateCommand
from bot.features.club.muting import acts, hidden, mute, note
from bot.messages.phrases import author, said, titled, undo_button
from bot.messages.plain_text import plain
from bot.messages.replies import Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import find, reference
from bot.request.lookup.members import is_stranger, member_named

MOST_NAMED = 10
"""Reviews among which a moderator may choose; of more, the author has to be named."""


async def moderate(command: ModerateCommand, context: Context, work: UnitOfWork) -> Reply:
    """Hide a review from everyone but whoever wrote it or brought it in, or show it again."""
    match command.action:
        case "mute" | "unmute":
            return await mute(command, context, work)
        case "hidden":
            return await hidden(work)
        case "log":
            return await acts(context, work)
    found = await find(command, context, work, guess=False)
    if isinstance(found, Reply):
        return found
    film, roster = found.film, await roster_of(work)
    hide = command.action == "hide"
    if not (command.member or command.critic):
        every = [
            each for each in await work.reviews.of_film(film.film_id) if _may_touch(each, hide)
        ]
        return _which(every, command, film, roster)
    review = await _named(command, film, context, work)
    if review.hidden != hide:
        # The time stays: it tells when the author last said something, and Undo of an import goes by it.
        await work.reviews.save(replace(review, hidden=hide))
        await follow_review(review.review_id, context.planning(work))
        kind = ActKind.HIDE if hide else ActKind.UNHIDE
        await note(kind, review.member_id, context, work, review=review)
    back = undo_button(replace(command, action="unhide" if hide else "hide"))
    whose = plain((author(review, roster),))
    who = "whoever brought it in" if review.critic else whose
    done = "Hidden: " if hide else "Visible again: "
    alone = f". Only {who} still sees it." if hide else "."
    return said(done, f"{whose}'s review of ", titled(film), alone, actions=(back,))


def _may_touch(review: Review, hide: bool) -> bool:  # noqa: FBT001 - the only argument besides
    """Tell whether a review can be hidden, or shown; a private one is nobody else's business."""
    return review.hidden if not hide else not (review.hidden or review.private)


async def _named(
    command: ModerateCommand, film: Film, context: Context, work: UnitOfWork
) -> Review:
    """Return the review of the member or critic that was named; NotFound if there is none."""
    present = await work.reviews.of_film(film.film_id)
    critic, who, name = command.critic.casefold(), command.member, None
    review = next((e for e in present if critic and (e.critic or "").casefold() == critic), None)
    if critic and not review and not await is_stranger(command.critic, work):
        who = command.critic  # `hide heat by ben` may mean a member
    if who:
        member = await member_named(who, context, work)
        review, name = await work.reviews.by(member.member_id, film.film_id), member.name
    if review is None or review.deleted or (review.private and not review.hidden):
        raise NotFound(
            f"{name} has not reviewed {film.label}."
            if name
            else f"There is no review of {film.label} by a critic called {command.critic}."
        )
    return review


def _which(every: Sequence[Review], command: ModerateCommand, film: Film, roster: Roster) -> Reply:
    """Ask whose review is meant, with a button for each."""
    if not every:
        what = "hidden" if command.action == "unhide" else "to hide"
        raise NotFound(f"There is no review of {film.label} {what}.")
    return said(
        "Whose review of ",
        titled(film),
        "?",
        actions=_choices(every, command, film, roster),
        asks=True,
    )


def _choices(
    every: Sequence[Review], command: ModerateCommand, film: Film, roster: Roster
) -> Iterator[Button]:
    for each in every[:MOST_NAMED]:
        who = ModerateCommand(command.action, reference(film))
        chosen = (
            replace(who, critic=each.critic) if each.critic else replace(who, member=each.member_id)
        )
        yield Button(plain((author(each, roster),)), chosen)
