"""Days and times in people's own words, by dateparser: `friday 18:00`, `3 May`, `in two weeks`."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import UsageError

_MONTH_FIRST = frozenset({"US", "PH", "PW", "FM"})
_HINT = "Say it so: tomorrow, friday 18:00, 3 May, in two weeks."

_WAIT = re.compile(
    r"(?P<count>\d{1,4}|an?|one)\s?"
    r"(?P<unit>m|min|mins|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?)",
    re.IGNORECASE,
)
_EXACT = re.compile(
    r"\d:\d|\d\s?[ap]\.?m\b|\b(?:hours?|hrs?|minutes?|mins?|tonight)\b|\d\s?[hm]\b", re.IGNORECASE
)
_CLOCKS = {"noon": "12:00", "midnight": "00:00"}
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST_WAIT = timedelta(days=366)


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


def read_when(typed: str, now: datetime, zone: str, hour: time, region: str = "GB") -> datetime:
    """Read a time to come, in the zone's words, as an instant (UTC).

    A day without a time means its `hour`. UsageError where there is no such time or it has passed.
    """
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    found = _parsed(typed, local, region)
    if found is None:
        raise UsageError(f"I can't read the time “{typed[:60]}”. {_HINT}")
    day, exact = found
    wall = day if exact else datetime.combine(day.date(), hour)
    instant = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if instant <= now:
        raise UsageError(f"“{typed[:60]}” has passed already. {_HINT}")
    return instant


def _parsed(typed: str, local: datetime, region: str) -> tuple[datetime, bool] | None:
    """Return the local time, and whether the hour was said; None where there is none."""
    # It takes a moment to load, and most commands never need it.
    from dateparser.date import DateDataParser  # noqa: PLC0415 - loaded when needed

    parser = DateDataParser(
        languages=["en"],
        settings={
            "PREFER_DATES_FROM": "future",
            "RELATIVE_BASE": local,
            "DATE_ORDER": "MDY" if region in _MONTH_FIRST else "DMY",
        },
    )
    for word, clock in _CLOCKS.items():
        typed = re.sub(rf"\b{word}\b", clock, typed, flags=re.IGNORECASE)
    try:
        found = parser.get_date_data(typed[:60])
    except (ValueError, OverflowError):
        return None
    if found is None or found.date_obj is None:
        return None
    return found.date_obj.replace(tzinfo=None), _EXACT.search(typed) is not None
