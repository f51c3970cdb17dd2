"""Times of a night: the slot that suits most, the ends of its stages, the next date of a repeated night."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import UsageError
from bot.domain.ids import NightId
from bot.domain.nights import IF_NEED_BE, NO, YES, Night, Stage
from bot.features.nights.counting.polls import guests_of
from bot.features.nights.schedule.hosts import following_host
from bot.features.nights.schedule.planned import announce, plan_reminders, save, tell
from bot.language.grammar.wall_times import after_wait
from bot.ports.store import UnitOfWork
from bot.request.context import Context

SOONEST, FURTHEST = timedelta(minutes=10), timedelta(days=180)
"""Least and greatest time from now at which a night begins."""

AHEAD = timedelta(days=3)
"""Time before a night of a season at which it is announced."""

UNCHOSEN = timedelta(days=1)
"""Time after its beginning at which a night is called off where too few voted and its host chose no film."""

BEFORE = timedelta(hours=3)
"""Time between the end of the vote and the night; at most a quarter of the time left until the night."""


def check_start(start: datetime, now: datetime) -> datetime:
    """Return the beginning of a night (UTC), if it is possible. Raises UsageError."""
    if not SOONEST <= start - now <= FURTHEST:
        raise UsageError(
            "A night begins in ten minutes at the soonest, in half a year at the latest."
        )
    return start


def vote_end(now: datetime, starts_at: datetime) -> datetime:
    """Return the end of the vote of a night (UTC), to the minute."""
    end = starts_at - min(BEFORE, (starts_at - now) / 4)
    return end.replace(second=0, microsecond=0)


def dates_end(now: datetime, first: datetime) -> datetime:
    """Return the instant (UTC) at which one of the slots is chosen: after a third of the time to the first."""
    return (now + (first - now) / 3).replace(second=0, microsecond=0)


def best_slot(slots: Sequence[str], answers: Iterable[Mapping[str, int]]) -> str:
    """Return the slot with the fewest No, then the most Yes, then the earliest; ValueError without slots."""
    given = [each for each in answers if each]
    levels = {slot: [each.get(slot, IF_NEED_BE) for each in given] for slot in slots}
    return min(slots, key=lambda slot: (levels[slot].count(NO), -levels[slot].count(YES), slot))


def with_dates(night: Night, now: datetime) -> Night:
    """Return a night with the ends of its nominations and its vote, set between now and its beginning."""
    vote_until = vote_end(now, night.starts_at)
    until = (now + (vote_until - now) / 2).replace(second=0, microsecond=0)
    return replace(night, stage=Stage.NOMINATING, vote_until=vote_until, until=until)


async def settle_time(night: Night, context: Context, work: UnitOfWork) -> Night:
    """Choose the slot that suits most members, note who can come, plan the news; return the night as saved."""
    guests = [each for each in await guests_of(night, work) if each.dates]
    slots = [each for each in night.slots if instant(each) > context.now] or list(night.slots)
    slot = best_slot(slots, [each.dates for each in guests])
    for each in guests:
        await work.nights.save_guest(replace(each, coming=each.dates.get(slot, IF_NEED_BE) > NO))
    dated = with_dates(replace(night, starts_at=instant(slot)), context.now)
    await tell(dated, "dated", context.now, context, work)
    await plan_reminders(dated, context, work)
    return await save(dated, context, work)


def instant(slot: str) -> datetime:
    """Return the instant (UTC) of a slot."""
    return datetime.fromisoformat(slot)


async def plan_next(night: Night, context: Context, work: UnitOfWork) -> None:
    """Plan the next date of a repeated night, and its card; nothing for a night held once."""
    if not night.every:
        return
    following = Night(
        NightId(context.ids.new()),
        await following_host(night, work) if night.rotate else night.member_id,
        night.place,
        context.now,
        next_start(night, context),
        wish=night.wish,
        rule=night.rule,
        quorum=night.quorum,
        fair=night.fair,
        every=night.every,
        blind=night.blind,
        event=night.event,
        rotate=night.rotate,
    )
    following = with_dates(following, context.now)
    await work.nights.save(following)
    await announce(following, context, work)
    await plan_reminders(following, context, work)
    if following.rotate:
        await tell(following, "turn", context.now, context, work)


def next_start(night: Night, context: Context) -> datetime:
    """Return the beginning (UTC) of the next date of a repeated night, at the same hour in the club's zone."""
    start = night.regular_at or night.starts_at
    while start <= max(context.now, night.starts_at):
        start = after_wait(start, timedelta(weeks=night.every), context.club.zone)
    return start
