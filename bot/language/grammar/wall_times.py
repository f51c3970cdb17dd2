"""Instants of reminders, from waits and from times in a person's own words."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import UsageError
from bot.domain.films.reminders import instant_of
from bot.language.grammar.time_words import TimeWords, read_time_words

_HINT = "Say it so: tomorrow, friday 18:00, 3 May, in two weeks."

_FURTHEST = timedelta(days=731)
"""Longest time ahead of a day without a year."""


def after_wait(start: datetime, wait: timedelta, zone: str) -> datetime:
    """Return the instant (UTC) a wait after another; its days are days of the zone."""
    days = wait.days
    if not days:
        return start + wait
    wall = start.astimezone(ZoneInfo(zone))
    moved = instant_of(wall.date() + timedelta(days=days), wall.time(), zone)
    return moved + (wait - timedelta(days=days))


def check_time(typed: str, today: date | None, region: str = "GB") -> None:
    """Check that a time can be read, and that its day is not over; UsageError says what would fit."""
    words = read_time_words(typed, datetime.combine(today or date.min, time()), region)
    if words is None:
        raise UsageError(f"I can't read the time “{typed[:60]}”. {_HINT}")
    if words.day is not None and today is not None and words.day < today:
        raise UsageError(f"“{typed[:60]}” has passed already. {_HINT}")


def read_when(
    typed: str,
    now: datetime,
    zone: str,
    hour: time,
    region: str = "GB",
    *,
    evening: bool = False,
) -> datetime:
    """Read a future time, typed in the zone's wall time, as an instant (UTC).

    A day without a time means its `hour`; with `evening`, "at 8" means 20:00, and "8:30" half past that. UsageError where there is no such time or it has passed.
    """
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    words = read_time_words(typed, local, region)
    if words is None:
        raise UsageError(f"I can't read the time “{typed[:60]}”. {_HINT}")
    if evening and (words.either_half or words.short) and words.clock:
        words = replace(words, clock=words.clock.replace(hour=words.clock.hour % 12 + 12))
        words = replace(words, either_half=False)
    instant = _instant(words, local, now, zone, hour)
    if instant <= now:
        raise UsageError(f"“{typed[:60]}” has passed already. {_HINT}")
    if instant - now > _FURTHEST and not words.has_year:
        raise UsageError(f"“{typed[:60]}” is too far ahead. Name the year, too.")
    return instant


def moved_to(
    typed: str, former: datetime, now: datetime, zone: str, region: str = "GB"
) -> datetime | None:
    """Read another day at the former hour, or another hour on the former day, as an instant (UTC).

    None for a time that says both, or counts from now: nothing of the former one is in it. UsageError
    where it has passed.
    """
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    words, was = read_time_words(typed, local, region), former.astimezone(ZoneInfo(zone))
    if words is None or words.wait is not None or (words.day and words.clock):
        return None
    if words.clock is None:
        words = replace(words, clock=was.time())
    elif (words.either_half or words.short) and was.hour >= 12 and words.clock.hour < 12:
        words = replace(words, clock=words.clock.replace(hour=words.clock.hour + 12))
    instant = _at(words, words.day or was.date(), words.clock or was.time(), zone)
    if instant <= now:
        raise UsageError(f"“{typed[:60]}” has passed already. {_HINT}")
    return instant


def _instant(words: TimeWords, local: datetime, now: datetime, zone: str, hour: time) -> datetime:
    if words.wait is not None:
        return now + words.wait
    clock, day = words.clock or hour, words.day or local.date()
    instant = _at(words, day, clock, zone)
    if instant <= now and words.either_half:
        instant = _at(words, day, clock.replace(hour=clock.hour + 12), zone)
    if instant <= now and words.day is None:
        instant = _at(words, day + timedelta(days=1), clock, zone)
    return instant


def _at(words: TimeWords, day: date, clock: time, zone: str) -> datetime:
    if words.zone is None:
        return instant_of(day, clock, zone)
    return datetime.combine(day, clock, words.zone).astimezone(UTC)
