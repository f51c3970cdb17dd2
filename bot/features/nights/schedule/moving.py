"""Moving a night to another time: its stages, reminders, event and card follow."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.deliveries import Purpose
from bot.domain.errors import UsageError
from bot.domain.nights import Night, Stage
from bot.domain.words.patterns import lazy_pattern
from bot.features.nights.commands import NightCommand
from bot.features.nights.counting.polls import coming, guests_of
from bot.features.nights.schedule.planned import (
    announce_anew,
    cancel_reminders,
    plan_reminders,
    remind_to_vote,
    save,
    tell,
)
from bot.features.nights.schedule.times import (
    AHEAD,
    UNCHOSEN,
    check_start,
    next_start,
    vote_end,
    with_dates,
)
from bot.language.grammar.durations import read_wait
from bot.language.grammar.time_words import read_time_words
from bot.language.grammar.wall_times import after_wait, read_when
from bot.messages.spans import Usage
from bot.ports.store import UnitOfWork
from bot.request.context import Context

_BY = lazy_pattern(
    r"(?:by\s+(?P<by>\S.*?)|(?P<later>\S.*?)\s+later)|(?P<earlier>\S.*?)\s+(?:earlier|sooner)",
    re.IGNORECASE,
)
_TO = lazy_pattern(r"(?:it\s+)?(?:(?:to|until|till|for)\s+)?", re.IGNORECASE)
_WEEKDAY = lazy_pattern(
    r"(?:on\s+)?\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE
)


MOVABLE = frozenset({Stage.NOMINATING, Stage.VOTING, Stage.DECIDED})
"""Stages in which a night can be moved."""


async def move(night: Night, typed: str, context: Context, work: UnitOfWork) -> Night:
    """Hold a night at another time, typed in words, and plan the news of it; return it as saved.

    Where that is its time already, nothing is changed.

    Raises UsageError for no time, and for a night that has begun and stands among the server's events,
    where a beginning cannot be moved any more.
    """
    _check_movable(night, context)
    starts_at = new_start(night, typed, context)
    if starts_at == night.starts_at:
        return night
    moved = replace(night, starts_at=starts_at, regular_at=night.regular_at or night.starts_at)
    return await _held_then(moved, night, context, work)


async def skip_date(night: Night, context: Context, work: UnitOfWork) -> Night:
    """Hold a standing night on its next date instead, in the stage in which it is; return it as saved.

    UsageError for a night that has begun and stands among the server's events.
    """
    _check_movable(night, context)
    skipped = replace(night, starts_at=next_start(night, context), regular_at=None)
    return await _held_then(skipped, night, context, work)


def _check_movable(night: Night, context: Context) -> None:
    if night.stage is Stage.DATING:
        raise UsageError(
            "Its time is still being asked for. Settle it first: ",
            Usage(NightCommand("close")),
            ".",
        )
    if night.stage not in MOVABLE:
        raise UsageError("The film has been watched already.")
    if night.event and night.starts_at <= context.now:
        raise UsageError(
            "The server's event has begun, so it cannot be moved any more. Call it off with ",
            Usage(NightCommand("cancel")),
            ", and plan it anew.",
        )


async def _held_then(moved: Night, night: Night, context: Context, work: UnitOfWork) -> Night:
    """Let the stage, the reminders and the card of a night follow its new beginning; return it as saved."""
    starts_at = moved.starts_at
    match night.stage:
        case Stage.NOMINATING:
            moved = with_dates(moved, context.now)
        case Stage.VOTING:
            until = vote_end(context.now, starts_at)
            chosen_by = starts_at + UNCHOSEN if night.host_chooses else until
            moved = replace(moved, until=chosen_by, vote_until=until)
        case Stage.DECIDED if night.until is not None:
            moved = replace(moved, until=night.until + (starts_at - night.starts_at))
    await cancel_reminders(night, work)
    await plan_reminders(moved, context, work)
    await replan_vote_reminders(moved, context, work)
    if not await announce_anew(moved, max(context.now, starts_at - AHEAD), context, work):
        await tell(moved, "moved", context.now, context, work)
    return await save(moved, context, work)


async def replan_vote_reminders(night: Night, context: Context, work: UnitOfWork) -> None:
    """Plan the reminders to vote for the new end of the vote."""
    for guest in coming(await guests_of(night, work)):
        await work.deliveries.cancel(Purpose.NIGHT_BALLOT, f"{night.night_id}/{guest.member_id}")
        await remind_to_vote(night, guest, context, work)


def new_start(night: Night, typed: str, context: Context) -> datetime:
    """Return the instant (UTC) to which a night is moved, by words such as `saturday`, `9pm`, `by an hour`.

    A day alone keeps the hour, an hour alone the day; both are the club's. A day of the week is the one nearest
    to the night. Raises UsageError.
    """
    zone, typed = context.club.zone, _TO.sub("", typed.strip(" .!?"), count=1)
    wait = _wait(typed)
    if wait is not None:
        return check_start(after_wait(night.starts_at, wait, zone), context.now)
    local = night.starts_at.astimezone(ZoneInfo(zone))
    typed = f"at {typed}" if typed.isdecimal() and len(typed) < 3 else typed
    seen_from = context.now
    if _is_clock(typed, local, context):
        seen_from = datetime.combine(local.date(), time(), ZoneInfo(zone)) - timedelta(minutes=1)
        typed = f"{local.date().isoformat()} {typed}"
    start = read_when(typed, seen_from, zone, local.time(), context.region, evening=True)
    if _is_weekday(typed, local, context):
        weeks = round((night.starts_at - start) / timedelta(weeks=1))
        start = after_wait(start, timedelta(weeks=max(weeks, 0)), zone)
    return check_start(start, context.now)


def _is_clock(typed: str, local: datetime, context: Context) -> bool:
    """Tell whether a text is a time of day alone."""
    words = read_time_words(typed, local.replace(tzinfo=None), context.region)
    return words is not None and words.day is None and words.wait is None


def _is_weekday(typed: str, local: datetime, context: Context) -> bool:
    """Tell whether a text names a day by the day of the week alone, perhaps with a time of day."""
    rest, count = _WEEKDAY.subn("", typed)
    rest = rest.strip(" ,")
    return bool(count) and (not rest or _is_clock(rest, local, context))


def _wait(typed: str) -> timedelta | None:
    found = _BY.fullmatch(typed)
    wait = read_wait(found["by"] or found["later"] or found["earlier"]) if found else None
    return -wait if found and found["earlier"] and wait else wait
