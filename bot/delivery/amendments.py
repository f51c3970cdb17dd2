"""Amendments: messages about a review are edited or deleted when it changes."""

from datetime import timedelta

from bot.delivery.planning import PlanningContext
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.ids import ReviewId

ABOUT_REVIEWS = (Purpose.NEW_REVIEW, Purpose.SHARED_REVIEW)
"""Purposes of messages that follow their review; the subject is its id."""


async def amend_messages(review_id: ReviewId, planning: PlanningContext) -> None:
    """Plan to bring the messages about a changed review up to date.

    Those not sent yet are composed when they are sent.
    """
    deliveries = planning.work.deliveries
    for purpose in ABOUT_REVIEWS:
        for each in await deliveries.of(purpose, review_id):
            await amend(each, planning)


async def announce_again(review_id: ReviewId, planning: PlanningContext) -> None:
    """Plan the announcement of a review anew that was withdrawn with it, if it is back."""
    deliveries = planning.work.deliveries
    announced = await deliveries.of(Purpose.NEW_REVIEW, review_id)
    if not announced or any(each.state is not DeliveryState.CANCELLED for each in announced):
        return
    review = await planning.work.reviews.get(review_id)
    if review is not None and review.shared and planning.club.announce_reviews:
        purpose, place = Purpose.NEW_REVIEW, announced[-1].place
        again = planning.delivery(purpose, review_id, place, planning.now)
        await deliveries.plan(again)


async def amend(message: Delivery, planning: PlanningContext) -> None:
    """Plan to bring one message up to date, if it was sent, or may have been.

    An amendment that is planned already, and has not begun, will do this one's work.
    """
    if not (message.under_way or message.state is DeliveryState.SENT):
        return
    due_at, subject = planning.now, message.delivery_id
    while not await planning.work.deliveries.plan(
        planning.delivery(Purpose.AMENDMENT, subject, message.place, due_at)
    ):
        existing = await planning.work.deliveries.get(Purpose.AMENDMENT, subject, due_at)
        if existing and existing.untouched:
            return
        due_at += timedelta(microseconds=1)
