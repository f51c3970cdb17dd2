"""Who reads a review that was saved: told, changed to its author alone or to the club; or folded as a spoiler."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.reviews.review import Review
from bot.features.reviews.commands import (
    FoldReviewCommand,
    MakePrivateCommand,
    MakePublicCommand,
    ReviewCommand,
    ReviewsCommand,
    WhoReadsCommand,
)
from bot.features.reviews.own_words.privacy import Readers
from bot.features.reviews.writing.writing import edit_form, write
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, Form, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import BY_ID, find, reference
from bot.views.film_card import WRITE_FIELDS

_RECENT = timedelta(days=1)
"""Age up to which `make it private` means the review that was changed last."""


async def make_private(command: MakePrivateCommand, context: Context, work: UnitOfWork) -> Reply:
    """Make a review private; without a film that is known, ask which one."""
    change = ReviewCommand(command.film, private=True)
    own = await _own(change, "Which of your reviews shall nobody else read?", context, work)
    if isinstance(own, Reply):
        return own
    if own.private:
        return said("Only you can read that review as it is.")
    return await write(replace(change, film=f"{BY_ID}{own.film_id}"), context, work)


async def make_public(command: MakePublicCommand, context: Context, work: UnitOfWork) -> Reply:
    """Let the club read a review that was private; without a film that is known, ask which one."""
    asked = ReviewCommand(command.film)
    own = await _own(asked, "Which of your reviews shall the club read?", context, work)
    if isinstance(own, Reply):
        return own
    change = edit_form(own).command
    if not own.private or not isinstance(change, ReviewCommand):
        return await who_reads(WhoReadsCommand(f"{BY_ID}{own.film_id}"), context, work)
    shared = replace(change, private=False, readers=Readers.CLUB.value)
    return await write(shared, context, work)


async def who_reads(command: WhoReadsCommand, context: Context, work: UnitOfWork) -> Reply:
    """Tell who can read a review of the member's own, with the button that changes it."""
    asked, which = ReviewCommand(command.film), "Which of your reviews do you mean?"
    one = command.but or command.only
    if one:
        how = f"hide a review from {one}" if command.but else f"keep a review for {one}"
        which = f"I can't {how} alone: it is for the whole club, or for you alone. {which}"
    own = await _own(asked, which, context, work)
    if isinstance(own, Reply):
        return own
    film = await work.films.get(own.film_id)
    name = titled(film) if film else "that film"
    ref = f"{BY_ID}{own.film_id}"
    if own.private:
        if command.but:
            return said("Only you can read your review of ", name, f", so {command.but} can't.")
        public = Button("Let the club read it", MakePublicCommand(ref), settles=True)
        cannot = f" I can't show it to {command.only} alone." if command.only else ""
        return said("Only you can read your review of ", name, f".{cannot}", actions=(public,))
    if own.hidden:
        return said(
            "A moderator has hidden your review of ",
            name,
            ": only you and those who moderate read it.",
        )
    private = Button("Only for me", MakePrivateCommand(ref), settles=True)
    if one:
        how = f"hide it from {one} alone" if command.but else f"keep it for {one} alone"
        return said(
            f"I can't {how}: your review of ",
            name,
            " is for the whole club, as it is, or for you alone.",
            actions=(private, Button("My reviews", ReviewsCommand())),
        )
    return said("All of the club can read your review of ", name, ".", actions=(private,))


async def fold(command: FoldReviewCommand, context: Context, work: UnitOfWork) -> Reply:
    """Mark a whole review as a spoiler; without a film that is known, ask which one."""
    change = ReviewCommand(command.film, spoiler=True)
    own = await _own(change, "Which of your reviews gives something away?", context, work)
    if isinstance(own, Reply):
        return own
    if own.spoiler or not own.text:
        return said("All of that review is folded as it is, or has no words.")
    return await write(replace(change, film=f"{BY_ID}{own.film_id}"), context, work)


async def _own(
    change: ReviewCommand, asked: str, context: Context, work: UnitOfWork
) -> Review | Reply:
    """Return the member's review that is meant, or a reply that asks for it."""
    if not change.film:
        latest = await _latest(context, work)
        mine = Button("My reviews", ReviewsCommand())
        return latest or said(asked, actions=(mine,), asks=True)
    found = await find(change, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    own = await work.reviews.by(context.member.member_id, found.film.film_id)
    if own is None or own.deleted:
        blank = replace(change, film=reference(found.film))
        write_it = Form("Write a review", blank, WRITE_FIELDS)
        return said("You have no review of ", titled(found.film), ".", actions=(write_it,))
    return own


async def _latest(context: Context, work: UnitOfWork) -> Review | None:
    """Return the member's review of the film last spoken of, else the one changed last, if lately."""
    me = context.member.member_id
    last = context.last_film
    spoken = await work.reviews.by(me, last.film_id) if last else None
    if spoken is not None and not spoken.deleted:
        return spoken
    own = [each for each in await work.reviews.of_member(me) if not each.critic]
    newest = max(own, key=lambda each: each.changed_at, default=None)
    return newest if newest and context.now - newest.changed_at <= _RECENT else None
