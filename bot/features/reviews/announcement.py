"""Announcement of a new review in the club's channel: planned with the review, worded when sent."""

from dataclasses import replace
from datetime import datetime

from bot.catalogue.club_index import roster_of
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import DeliveryId, ReviewId
from bot.domain.ratings import Scale
from bot.domain.reviews import Review
from bot.domain.visibility import Visibility
from bot.features.reviews.commands import ReviewCommand
from bot.lookup.films import reference
from bot.messages.phrases import author, titled, verdict
from bot.messages.plain_text import plain
from bot.messages.replies import Actions, Button, Paragraph, Plain, Reply, Span
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.views.access import public_access


async def announce(review: Review, context: Context, work: UnitOfWork) -> None:
    """Plan the announcement, if the club wants announcements and the review is shared."""
    caller = context.caller
    place = context.club.channel or (None if caller.place == caller.direct else caller.place)
    if place is None or not (context.club.announce_reviews and review.shared):
        return
    await work.deliveries.plan(
        Delivery(
            delivery_id=DeliveryId(context.ids.new()),
            club_id=review.club_id,
            purpose=Purpose.NEW_REVIEW,
            subject=review.review_id,
            place=place,
            due_at=context.now,
        )
    )


async def new_review(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Word the announcement of a new review: one line, without its text; None if it is gone."""
    review = await work.reviews.get(ReviewId(delivery.subject))
    film = await work.films.get(review.film_id) if review and review.shared else None
    if review is None or film is None:
        return None
    open_to_all = public_access(await work.clubs.get()).may_read(film.film_id)
    what = verdict(review, Scale.STARS) if open_to_all else ""
    roster = await roster_of(work)
    poster = author(replace(review, critic=None), roster)
    did = f" brought in {review.critic}'s review of " if review.critic else " reviewed "
    spans: tuple[Span, ...] = (
        poster,
        Plain(did),
        titled(film),
        Plain(f": {what}" if what else "."),
    )
    read = Button("Read it", ReviewCommand(reference(film)))
    return Reply((Paragraph(spans), Actions((read,))), plain(spans), Visibility.CLUB)
