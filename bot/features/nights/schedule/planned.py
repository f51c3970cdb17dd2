"""Planned messages of a night: its card, which is kept up to date, news of each stage, reminders."""

from datetime import datetime, timedelta

from bot.delivery.amendments import amend
from bot.domain.deliveries import Purpose
from bot.domain.nights import Night, NightGuest, Stage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

REMINDERS = {"day": timedelta(days=1), "hour": timedelta(hours=1)}
"""Reminders before a night, by name: how long before it each is sent."""

_LATE_IN_THE_VOTE = 0.75
"""Share of the time to vote after which guests without a ballot are reminded."""


def read_subject(subject: str) -> tuple[str, str]:
    """Return the night's id and what follows it in the subject of a delivery."""
    night_id, _, what = subject.partition("/")
    return night_id, what


async def save(night: Night, context: Context, work: UnitOfWork) -> Night:
    """Save a night, and update its card in the channel; return it."""
    await work.nights.save(night)
    await follow(night, context, work)
    await plan_event(night, context.now, context, work)
    return night


async def save_part(
    guest: NightGuest, night: Night, context: Context, work: UnitOfWork
) -> NightGuest:
    """Save a member's part in a night, and update the card in the channel; return it."""
    await work.nights.save_guest(guest)
    await follow(night, context, work)
    return guest


async def follow(night: Night, context: Context, work: UnitOfWork) -> None:
    """Update the card of a night in its channel."""
    for each in await work.deliveries.of(Purpose.NIGHT, night.night_id):
        await amend(each, context.planning(work))


async def announce(
    night: Night, context: Context, work: UnitOfWork, at: datetime | None = None
) -> None:
    """Plan the card of a new night, for now or for an instant (UTC)."""
    planning, due_at = context.planning(work), at or context.now
    message = planning.delivery(Purpose.NIGHT, night.night_id, night.place, due_at)
    await work.deliveries.plan(message)
    await plan_event(night, due_at, context, work)


async def announce_anew(night: Night, at: datetime, context: Context, work: UnitOfWork) -> bool:
    """Plan the card of a night that was not announced yet for another instant (UTC); False if it was.

    One that is due already is left: it tells the night as it is when it is sent.
    """
    cards = await work.deliveries.of(Purpose.NIGHT, night.night_id)
    if not all(each.untouched for each in cards):
        return False
    if all(each.due_at <= context.now for each in cards):
        return True
    for purpose in (Purpose.NIGHT, Purpose.NIGHT_EVENT):
        await work.deliveries.cancel(purpose, night.night_id)
    await announce(night, context, work, at)
    return True


async def plan_event(night: Night, at: datetime, context: Context, work: UnitOfWork) -> None:
    """Plan to enter a night among the server's events at an instant (UTC), or to bring its entry up to date.

    One that has begun is left to its end, unless the night is called off: a platform takes no beginning in
    the past.
    """
    entered = await work.deliveries.of(Purpose.NIGHT_EVENT, night.night_id)
    off = night.stage is Stage.CANCELLED
    for each in entered:
        if off or night.starts_at > context.now:
            await amend(each, context.planning(work))
    if night.event and not entered and night.open and night.stage is not Stage.DATING:
        planning = context.planning(work)
        entry = planning.delivery(Purpose.NIGHT_EVENT, night.night_id, night.place, at)
        await work.deliveries.plan(entry)


async def tell(night: Night, what: str, at: datetime, context: Context, work: UnitOfWork) -> None:
    """Plan a piece of news for an instant (UTC), worded when it is sent."""
    subject = f"{night.night_id}/{what}"
    news = context.planning(work).delivery(Purpose.NIGHT_NEWS, subject, night.place, at)
    await work.deliveries.plan(news)


async def plan_reminders(night: Night, context: Context, work: UnitOfWork) -> None:
    """Plan the reminders before a night that are still far enough ahead, whether its film is decided or not."""
    for what, before in REMINDERS.items():
        at = night.starts_at - before
        if at > context.now + before / 4:
            await tell(night, what, at, context, work)


async def cancel_reminders(night: Night, work: UnitOfWork) -> None:
    """Cancel the reminders before a night, as when it is called off or its film changes."""
    for what in REMINDERS:
        await work.deliveries.cancel(Purpose.NIGHT_NEWS, f"{night.night_id}/{what}")


async def remind_to_vote(
    night: Night, guest: NightGuest, context: Context, work: UnitOfWork
) -> None:
    """Plan a direct message to a guest late in the vote; it is dropped once they have voted."""
    if night.stage is not Stage.VOTING or night.until is None or night.host_chooses:
        return
    subject = f"{night.night_id}/{guest.member_id}"
    if any(each.untouched for each in await work.deliveries.of(Purpose.NIGHT_BALLOT, subject)):
        return
    at = context.now + (night.until - context.now) * _LATE_IN_THE_VOTE
    message = context.planning(work).delivery(Purpose.NIGHT_BALLOT, subject, guest.direct, at)
    await work.deliveries.plan(message)
