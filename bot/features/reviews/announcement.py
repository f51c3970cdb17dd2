"""The line that tells a club of a new review: planned with the review, said by the worker."""

from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import DeliveryId
from bot.domain.reviews import Review
from bot.ports import UnitOfWork
from bot.request.context import Context


async def announce(review: Review, context: Context, work: UnitOfWork) -> None:
    """Plan the line, if the club wants such lines and the review is for everyone."""
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
