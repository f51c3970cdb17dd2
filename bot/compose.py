"""The words of what Matinee says unasked, found at the instant of saying them."""

from dataclasses import replace
from datetime import datetime

from bot.catalogue.club_index import roster_of
from bot.delivery.closed_places import notice
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import ReviewId
from bot.domain.ratings import Scale
from bot.features.club.welcome import welcome
from bot.features.releases.due import reminders_due
from bot.features.releases.news import moved, weekly
from bot.lookup.films import reference
from bot.messages.commands import Review as ReviewCommand
from bot.messages.plain_text import plain
from bot.messages.replies import Actions, Button, Paragraph, Plain, Reply, Span, Visibility
from bot.ports import UnitOfWork
from bot.views.phrases import author, titled, verdict


async def compose(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Find the words for a delivery; None when nobody waits for them any more."""
    match delivery.purpose:
        case Purpose.REMINDER:
            return await reminders_due(delivery, now, work)
        case Purpose.MOVED:
            return await moved(delivery, now, work)
        case Purpose.WEEKLY:
            return await weekly(delivery, now, work)
        case Purpose.NEW_REVIEW:
            return await _new_review(delivery, work)
        case Purpose.NOTICE:
            return notice()
        case Purpose.WELCOME:
            return welcome()


async def _new_review(delivery: Delivery, work: UnitOfWork) -> Reply | None:
    """Tell the club that there is a new review, in one line, without its words."""
    review = await work.reviews.get(ReviewId(delivery.subject))
    film = await work.films.get(review.film_id) if review and review.shared else None
    if review is None or film is None:
        return None
    what = verdict(review, Scale.STARS)
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
