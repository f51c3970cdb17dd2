"""Instants of reminders: waits such as `2d`, and times in a person's own words."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import UsageError
from bot.domain.reminders import instant_of
from bot.grammar.time_words import TimeWords, read_time_words

_HINT = "Say it so: tomorrow, friday 18:00, 3 May, in two weeks."

_WAIT = re.compile(
    r"(?P<count>\d{1,4}|an?|one)\s?"
    r"(?P<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)",
    re.IGNORECASE,
)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST_WAIT = timedelta(days=366)
_FURTHEST = timedelta(days=731)
"""How far ahead a time without a year may lie."""


def is_wait(typed: str) -> bool:
    """Tell whether a text is a length of time, possible or not."""
    return _WAIT.fullmatch(typed.strip()) is not None


def read_wait(typed: str) -> timedelta | None:
    """Read a length of time, `2d` or `an hour`; None for anything else. UsageError over a year."""
    found = _WAIT.fullmatch(typed.strip())
    if found is None:
        return None
    count = int(found["count"]) if found["count"].isdigit() else 1
    wait = timedelta(**{_UNITS[found["unit"][0].lower()]: count})
    if not timedelta() < wait <= _LONGEST_WAIT:
        raise UsageError("I can put it off by a minute to a year. Say it so: 3h, 2d, 1w.")
    return wait


def after_wait(start: datetime, wait: timedelta, zone: str) -> datetime:
    """Return the instant (UTC) a wait after another: days are days of the zone, hours are elapsed."""
    days = wait.days
    if not days:
        return start + wait
    wall = start.astimezone(ZoneInfo(zone))
    moved = instant_of(wall.date() + timedelta(days=days), wall.time(), zone)
    return moved + (wait - timedelta(days=days))


def read_when(typed: str, now: datetime, zone: str, hour: time, region: str = "GB") -> datetime:
    """Read a time to come, in the zone's words, as an instant (UTC).

    A day without a time means its `hour`. UsageError where there is no such time or it has passed.
    """
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    words = read_time_words(typed, local, region)
    if words is None:
        raise UsageError(f"I can't read the time “{typed[:60]}”. {_HINT}")
    instant = _instant(words, local, now, zone, hour)
    if instant <= now:
        raise UsageError(f"“{typed[:60]}” has passed already. {_HINT}")
    if instant - now > _FURTHEST and not words.has_year:
        raise UsageError(f"“{typed[:60]}” is too far ahead. Name the year, too.")
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
