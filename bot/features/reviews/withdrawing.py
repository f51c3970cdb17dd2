"""A review that was saved for all is kept from everybody else."""

from datetime import timedelta

from bot.domain.reviews import Review
from bot.features.reviews.commands import MakePrivateCommand, ReviewCommand, ReviewsCommand
from bot.features.reviews.writing import write
from bot.lookup.films import BY_ID, find
from bot.messages.phrases import said, titled
from bot.messages.replies import Button, Reply
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_RECENT = timedelta(days=1)
"""Age up to which `make it private` means the review that was changed last."""


async def make_private(command: MakePrivateCommand, context: Context, work: UnitOfWork) -> Reply:
    """Make a review private; without a film that is known, ask which one."""
    review = None if command.film else await _latest(context, work)
    named = f"{BY_ID}{review.film_id}" if review else command.film
    if not named:
        asked = "Which of your reviews shall nobody else read?"
        return said(asked, actions=(Button("My reviews", ReviewsCommand()),), asks=True)
    private = ReviewCommand(named, private=True)
    found = await find(private, context, work, guess=True)
    if isinstance(found, Reply):
        return found
    own = await work.reviews.by(context.member.member_id, found.film.film_id)
    if own is None or own.deleted:
        return said("You have no review of ", titled(found.film), ".")
    if own.private:
        return said("Only you can read your review of ", titled(found.film), " as it is.")
    return await write(private, context, work)


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
