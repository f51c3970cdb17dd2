"""Amendments: messages about a review are edited or deleted when it changes."""

from collections.abc import Collection
from datetime import timedelta

from bot.delivery.planning import PlanningContext
from bot.domain.deliveries import Delivery, DeliveryState, Purpose
from bot.domain.ids import ReviewId
from bot.domain.nights import NEWS, Night

ABOUT_REVIEWS = (Purpose.NEW_REVIEW, Purpose.SHARED_REVIEW)
"""Purposes of messages that follow their review; the subject is its id."""

NAMING_AUTHORS = (*ABOUT_REVIEWS, Purpose.NEW_RATINGS)
"""Purposes of messages that name who wrote a review; the subject is its id."""

ABOUT_NIGHTS = (Purpose.NIGHT, Purpose.NIGHT_NEWS)

FOLLOWED = frozenset((*NAMING_AUTHORS, *ABOUT_NIGHTS, Purpose.NIGHT_EVENT))
"""Purposes of messages that are brought up to date, or taken back, however long ago they were sent."""


async def amend_messages(review_id: ReviewId, planning: PlanningContext) -> None:
    """Plan to bring the messages about a changed review up to date.

    Those not sent yet are composed when they are sent.
    """
    await amend_messages_of([review_id], planning)


async def amend_messages_of(
    review_ids: Collection[ReviewId],
    planning: PlanningContext,
    purposes: Collection[Purpose] = ABOUT_REVIEWS,
) -> None:
    """Plan to bring the messages about changed reviews up to date."""
    for each in await planning.work.deliveries.of_subjects(purposes, review_ids):
        await amend(each, planning)


async def amend_nights(nights: Collection[Night], planning: PlanningContext) -> None:
    """Plan to bring all messages about nights up to date, as when a member's part in them is gone."""
    subjects: list[str] = [each.night_id for each in nights]
    subjects += [f"{each.night_id}/{what}" for each in nights for what in NEWS]
    for each in await planning.work.deliveries.of_subjects(ABOUT_NIGHTS, subjects):
        await amend(each, planning)


async def follow_review(review_id: ReviewId, planning: PlanningContext) -> None:
    """Bring all messages about a review up to date after it has changed."""
    await amend_messages(review_id, planning)
    await _announce_again(review_id, planning)


async def _announce_again(review_id: ReviewId, planning: PlanningContext) -> None:
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
