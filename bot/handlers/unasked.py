"""The words of what Matinee says unasked, found at the instant of saying them."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands import Review as ReviewCommand
from bot.commands import Watchlist
from bot.domain.deliveries import Delivery, Purpose
from bot.domain.ids import ReminderId, ReviewId
from bot.domain.ratings import Scale
from bot.domain.reminders import ReminderState
from bot.handlers.card import write_form
from bot.handlers.finding import reference
from bot.handlers.notices import notice
from bot.handlers.phrases import author, release_place, titled, verdict
from bot.plain import plain
from bot.ports import UnitOfWork
from bot.replies import (
    Actions,
    Block,
    Button,
    Day,
    Footnote,
    Mention,
    Paragraph,
    Plain,
    Reply,
    Span,
    Visibility,
    When,
)
from bot.taste import roster_of

LATE = timedelta(minutes=10)
"""From this delay on a message says when it was due."""


async def compose(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    """Find the words for a delivery; None when nobody waits for them any more."""
    match delivery.purpose:
        case Purpose.REMINDER:
            return await _reminder(delivery, now, work)
        case Purpose.NEW_REVIEW:
            return await _new_review(delivery, work)
        case Purpose.NOTICE:
            return notice()


async def _reminder(delivery: Delivery, now: datetime, work: UnitOfWork) -> Reply | None:
    reminder = await work.reminders.get(ReminderId(delivery.subject))
    if reminder is None or reminder.state is ReminderState.CANCELLED or reminder.day is None:
        return None
    film = await work.films.get(reminder.film_id)
    if film is None:
        return None
    member = await work.members.get(reminder.member_id)
    name = member.name if member else "you"
    out = "is out" if reminder.due_at and not reminder.lead else "comes out soon"
    where = release_place(reminder.region, reminder.kind)
    spans: tuple[Span, ...] = (
        Mention(reminder.member_id, name),
        Plain(", "),
        titled(film),
        Plain(f" {out}: {where}, "),
        Day(reminder.day),
        Plain("."),
    )
    blocks: list[Block] = [Paragraph(spans)]
    if now - delivery.due_at > LATE:
        zone = (member.zone if member else None) or (await work.clubs.get()).zone
        blocks.append(Footnote((Plain("This was due at "), When(delivery.due_at, zone))))
    watchlist = Button("Watchlist", Watchlist("add", reference(film)))
    blocks.append(Actions((watchlist, write_form(film))))
    visibility = Visibility.ONLY_YOU if reminder.direct else Visibility.CLUB
    return Reply(tuple(blocks), plain(spans), visibility)


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
