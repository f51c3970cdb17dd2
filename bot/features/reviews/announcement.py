"""Messages about a review in a channel: its announcement, and copies that its author shares.

Planned with the review, worded when sent; they follow the review when it changes.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.catalogue.club_index import roster_of
from bot.delivery.amendments import follow_review
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import DeliveryId, PlaceId, ReviewId
from bot.domain.reviews.ratings import Scale
from bot.domain.reviews.review import Review
from bot.features.reviews.commands import OneReviewCommand, ReviewCommand, ReviewsCommand
from bot.messages.phrases import (
    author,
    folded,
    heard,
    joined,
    origin,
    review_spans,
    titled,
    verdict,
)
from bot.messages.plain_text import plain
from bot.messages.replies import Actions, Button, Heading, Paragraph, Quote, Reply
from bot.messages.spans import Plain, Span
from bot.messages.visibility import Visibility
from bot.ports.store import UnitOfWork
from bot.request.context import Context
from bot.request.lookup.films import reference
from bot.views.access import public_access

GATHERED = timedelta(minutes=10)
"""Time in which ratings without a word wait for others of the same member."""

MOST_TITLES = 3


async def announce(review: Review, context: Context, work: UnitOfWork) -> None:
    """Plan the announcement, if the club wants announcements and the review is shared.

    What is written in a channel that only some can read is announced nowhere else.
    """
    caller = context.caller
    here = caller.place if caller.may_post and caller.place != caller.direct else None
    place = context.club.channel or here
    if place is None or not (context.club.announce_reviews and review.shared):
        return
    if caller.closed and place != caller.place:
        return
    if _is_rating_alone(review):
        await _gather(review, place, context, work)
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


def _is_rating_alone(review: Review) -> bool:
    return bool(review.rating) and not (review.text or review.critic or review.abandoned)


async def is_announced(review: Review, work: UnitOfWork) -> bool:
    """Tell whether a review has had a line of its own."""
    return bool(await work.deliveries.of(Purpose.NEW_REVIEW, review.review_id))


async def _gather(review: Review, place: PlaceId, context: Context, work: UnitOfWork) -> None:
    """Plan one line for all that a member rates without a word within a while.

    Each rating has a delivery, all of them due together: that of the first words them all.
    """
    since, due_at = context.now - GATHERED, context.now + GATHERED
    every = await work.reviews.of_member(review.member_id)
    recent = [each.review_id for each in every if each.changed_at >= since]
    planned = await work.deliveries.of_subjects([Purpose.NEW_RATINGS], recent)
    waiting = [line.due_at for line in planned if line.untouched and line.place == place]
    due_at = min([due_at, *waiting])
    planning = context.planning(work)
    await work.deliveries.plan(
        planning.delivery(Purpose.NEW_RATINGS, review.review_id, place, due_at)
    )


async def new_ratings(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Word what a member rated without a word, all that is due together; None but for the first of it.

    It names no rating, so that nothing of it has to follow when one changes.
    """
    first = await work.reviews.get(ReviewId(delivery.subject))
    if first is None:
        return None
    every = [
        each
        for each in reversed(await work.reviews.of_member(first.member_id))
        if each.shared and _is_rating_alone(each)
    ]
    # Others may not be announced in this line, as of a closed channel.
    planned = await work.deliveries.of_subjects(
        [delivery.purpose], [each.review_id for each in every]
    )
    here = {
        each.subject
        for each in planned
        if (each.due_at, each.place) == (delivery.due_at, delivery.place)
    }
    rated = [each for each in every if each.review_id in here]
    if not rated or rated[0].review_id != first.review_id:
        return None
    films = await work.films.many([each.film_id for each in rated])
    named = [films[each.film_id] for each in rated if each.film_id in films]
    if not named:
        return None
    who = author(first, await roster_of(work))
    many = len(named) > MOST_TITLES + 1
    titles = [each.title for each in (named[:MOST_TITLES] if many else named)]
    more = [f"{len(named) - MOST_TITLES} more"] if many else []
    how_many = "" if len(named) == 1 else f" {len(named)} films:"
    spans: tuple[Span, ...] = (who, Plain(f" rated{how_many} {joined([*titles, *more])}."))
    read = Button("Show the club's card", ReviewCommand(reference(named[0])))
    if len(named) > 1:
        read = Button("See them", ReviewsCommand(member=first.member_id))
    return Reply((Paragraph(spans), Actions((read,))), plain(spans), Visibility.CLUB)


async def share(review: Review, place: PlaceId, context: Context, work: UnitOfWork) -> None:
    """Plan a copy of a member's own review, where they asked for it."""
    planning = context.planning(work)
    due_at = context.now
    await work.deliveries.plan(
        planning.delivery(Purpose.SHARED_REVIEW, review.review_id, place, due_at)
    )


async def follow(review: Review, context: Context, work: UnitOfWork) -> None:
    """Bring the messages about a review up to date after it has changed."""
    await follow_review(review.review_id, context.planning(work))


async def shared_review(delivery: Delivery, _: datetime, work: UnitOfWork) -> Reply | None:
    """Word a review that its author shares, with its text; None if it is gone or private."""
    review = await work.reviews.get(ReviewId(delivery.subject))
    film = await work.films.get(review.film_id) if review and review.shared else None
    if review is None or film is None:
        return None
    roster = await roster_of(work)
    review = heard(review, roster)
    who = author(review, roster)
    access = public_access(await work.clubs.get())
    heading = Heading((who, Plain(" on "), Plain(film.label)))
    text = review_spans(review, fold=access.fold)
    what = verdict(review, Scale.STARS)
    source: tuple[Span, ...] = (who, Plain(f" · {what}")) if what else (who,)
    if not access.may_read(review.film_id):
        text = folded(review.text, whole=True)
        source = (who,)
    else:
        source += origin(review)
    entry = Quote(text, source) if text else Paragraph(source)
    card = Button("Show the club's card", ReviewCommand(reference(film)))
    read = Button("Read reviews", ReviewsCommand(reference(film)))
    summary = f"{plain((who,))} reviewed {film.label}."
    return Reply((heading, entry, Actions((card, read))), summary, Visibility.CLUB)


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
    review = heard(review, roster)
    did = f" brought in {review.critic}'s review of " if review.critic else " reviewed "
    spans: tuple[Span, ...] = (
        poster,
        Plain(did),
        titled(film),
        Plain(f": {what}" if what else "."),
        *(origin(review) if open_to_all else ()),
    )
    read = Button("Read it", OneReviewCommand(review.review_id))
    return Reply((Paragraph(spans), Actions((read,))), plain(spans), Visibility.CLUB)
